/** Names by which code says whose an object is, and who is asking. */

/** Fields that name the person an object belongs to. */
export const PERSONAL_OWNER =
  /^(?:owner|user|author|creator|created_by|customer|account|member|profile|patient|client|buyer|recipient|uploader|uploaded_by|submitter|requester|subscriber|student|employee|person)(?:_?(?:id|uuid|pk))?$/i;

/** Fields that name the group of people an object belongs to. */
export const SHARED_OWNER =
  /^(?:tenant|org|organi[sz]ation|workspace|team|company|household|family|clinic|practice|school|merchant|shop|store|site)(?:_?(?:id|uuid|pk))?$/i;

/** Attributes and parameters that hold who is asking. */
export const PRINCIPAL =
  /^(?:current_\w+|(?:auth|authenticated|logged_in|request|active|session|jwt|token)_?(?:user|account|member|customer)(?:_id)?|user|me|viewer|caller|principal|identity|account|requester|superuser|admin_user|commons?)$/i;

/** Classes whose objects are people. */
export const PERSON = /^(?:\w*User|Account|Member|Customer|Profile|Person|Employee|Patient)$/;

/** Functions that return who is asking. */
export const PRINCIPAL_CALLS =
  /^(?:get_jwt_identity|get_jwt|get_current_user|current_identity|get_user|get_authenticated_user|get_request_user|authenticated_userid)$/;

/** Functions that check a permission on what they are given. */
export const CHECKS =
  /(?:^|_)(?:check|has|can|may|is|ensure|require|verify|assert|validate|authori[sz]e|enforce|allow|permit)_?\w*(?:perm|access|owner|auth|allow|right|role|object|member|tenant|scope|view|edit|read|write|delete|update|change|manage)|^(?:authori[sz]e|enforce|check_object_permissions|has_perm|has_object_permission|permission|allowed|can|owned_by|belongs_to|visible_to|accessible_by|for_user|by_user|scoped_to|restrict)(?:$|_)/i;
