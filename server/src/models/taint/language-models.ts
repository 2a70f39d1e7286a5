/** Taint in clients of language models: what they answer is untrusted, and what they are told is an instruction. */

import { members, sinks, sources } from "./entries.ts";
import type { TaintModel } from "./types.ts";

const ANSWER = "the model's answer";
const OPENAI = "openai.OpenAI openai.AsyncOpenAI openai.AzureOpenAI openai.AsyncAzureOpenAI";
const ANTHROPIC = "anthropic.Anthropic anthropic.AsyncAnthropic";
const CHATS =
  "langchain_openai.ChatOpenAI langchain_anthropic.ChatAnthropic langchain_community.chat_models.ChatOpenAI";
const SYSTEM = { part: "system", label: "the system prompt" } as const;
const TOOLS = [{ name: "tools", given: true }];
const WITH_TOOLS = { label: "the prompt of a call that has tools", when: TOOLS } as const;

export const openai: TaintModel = {
  library: "openai",
  sources: [
    ...sources(
      "model",
      ANSWER,
      members(
        OPENAI,
        "chat.completions.create chat.completions.parse responses.create responses.parse completions.create",
      ),
    ),
    ...sources("model", ANSWER, "openai.ChatCompletion.create openai.chat.completions.create"),
  ],
  sinks: [
    ...sinks("system-prompt", members(OPENAI, "chat.completions.create"), [{ name: "messages" }], SYSTEM),
    ...sinks("system-prompt", members(OPENAI, "responses.create"), [{ name: "instructions" }], SYSTEM),
    ...sinks("tool-prompt", members(OPENAI, "chat.completions.create"), [{ name: "messages" }], WITH_TOOLS),
    ...sinks("tool-prompt", members(OPENAI, "responses.create"), [{ name: "input" }], WITH_TOOLS),
  ],
};

export const anthropic: TaintModel = {
  library: "anthropic",
  sources: [...sources("model", ANSWER, members(ANTHROPIC, "messages.create completions.create"))],
  sinks: [
    ...sinks("system-prompt", members(ANTHROPIC, "messages.create"), [{ name: "system" }], SYSTEM),
    ...sinks("tool-prompt", members(ANTHROPIC, "messages.create"), [{ name: "messages" }], WITH_TOOLS),
  ],
};

export const otherModels: TaintModel = {
  library: "language models",
  sources: [
    ...sources("model", ANSWER, "litellm.completion litellm.acompletion ollama.chat ollama.generate"),
    ...sources("model", ANSWER, members(CHATS, "invoke ainvoke predict")),
    ...sources("model", ANSWER, members("google.generativeai.GenerativeModel", "generate_content")),
  ],
  sinks: [
    ...sinks(
      "system-prompt",
      "litellm.completion litellm.acompletion ollama.chat",
      [{ at: 1, name: "messages" }],
      SYSTEM,
    ),
    ...sinks(
      "tool-prompt",
      "litellm.completion litellm.acompletion ollama.chat",
      [{ at: 1, name: "messages" }],
      WITH_TOOLS,
    ),
    ...sinks(
      "system-prompt",
      members("langchain_core.prompts.ChatPromptTemplate", "from_messages"),
      [{ at: 0, name: "messages" }],
      SYSTEM,
    ),
    ...sinks("system-prompt", "langchain_core.messages.SystemMessage", [{ at: 0, name: "content" }], {
      label: "the system prompt",
    }),
    ...sinks("code", "langchain_experimental.utilities.PythonREPL.run", 0),
  ],
  tools: [
    "langchain.tools.tool",
    "langchain_core.tools.tool",
    "agents.function_tool",
    "mcp.server.fastmcp.FastMCP.tool",
    "fastmcp.FastMCP.tool",
    "pydantic_ai.Agent.tool",
    "pydantic_ai.Agent.tool_plain",
  ],
};
