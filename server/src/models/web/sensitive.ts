/** Names of fields that never belong into a response, and of those that seldom do. */

/** What nobody but the server may know. */
export const NEVER_SHOWN =
  /^(?:password|passwd|pwd|passphrase|hashed_password|password_?(?:hash|digest|salt|hashed)|pass_?hash|secret|secret_?key|client_secret|api_secret|webhook_secret|private_?key|encryption_key|otp_secret|totp_secret|mfa_secret|two_factor_secret|recovery_codes|backup_codes|security_answer|ssn|social_security_number|card_number|credit_card(?:_number)?|cvv|cvc)$/i;

/** What is shown once, to its owner, when it is made. */
export const SELDOM_SHOWN =
  /^(?:token|access_token|refresh_token|reset_token|auth_token|verification_token|confirmation_token|api_?key|otp|session_key|salt|pin)$/i;

/** Classes and routes whose purpose is to hand out or to take a secret. */
export const ABOUT_SECRETS =
  /token|login|sign_?in|sign_?up|regist|auth|oauth|session|credential|api_?key|password|secret|otp|mfa|two_?factor|refresh|jwt|setup|invite|create|input|request|write|reset|webhook|form|config|setting/i;
