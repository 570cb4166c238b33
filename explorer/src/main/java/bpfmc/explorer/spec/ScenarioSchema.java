package bpfmc.explorer.spec;

import bpfmc.explorer.check.AgentSpec;
import bpfmc.explorer.condition.When;
import bpfmc.explorer.report.Status;
import bpfmc.model.kernel.ContextLevel;
import java.util.Locale;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of scenario files, made from the same keys that the reader knows, so that editors complete them. */
public final class ScenarioSchema {
    private ScenarioSchema() {}

    /** {@return the schema} */
    public static String text() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "bpfmc scenario file")
                .put("description", "One scenario, or several under 'scenarios' with what they have in common beside it.");
        scenario(schema);
        ObjectNode scenarios = ((ObjectNode) schema.get("properties")).putObject(Keys.SCENARIOS);
        scenarios.put("type", "array").put("minItems", 1).putObject("items").put("$ref", "#/$defs/scenario");
        ObjectNode definitions = schema.putObject("$defs");
        scenario(definitions.putObject("scenario"));
        agent(definitions.putObject("agent"));
        return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(schema) + "\n";
    }

    private static void scenario(ObjectNode node) {
        ObjectNode keys = node.put("type", "object").put("additionalProperties", false).putObject("properties");
        keys.putObject("name").put("type", "string").put("description", "by default the name of the object");
        keys.putObject("why").put("type", "string").put("description", "for readers");
        ArrayNode object = keys.putObject("object").put("description", "the object file, relative to this file; several that are loaded together")
                .putArray("oneOf");
        object.addObject().put("type", "string");
        object.addObject().put("type", "array").put("minItems", 1).putObject("items").put("type", "string");
        ObjectNode agents = keys.putObject("agents").put("type", "array").put("minItems", 1)
                .put("description", "who runs where; without it, every pair of programs that share a map");
        agents.putObject("items").put("$ref", "#/$defs/agent");
        expect(keys.putObject("expect").put("description", "what must come of it; with the properties violated or the rules broken, no others"));
        keys.putObject("states").put("type", "object").put("description", "exact numbers of states by pair of programs").putObject("additionalProperties")
                .put("type", "integer").put("minimum", 0);
        keys.putObject(Keys.INITIALLY).put("type", "object").put("description", "what fields of maps hold at first: 'hash_map[0].cnt: 7', 'flows[{.src = 1}].cnt: 7', or that a key is not in its map: 'flows[7]: absent'")
                .putObject("additionalProperties").putArray("type").add("string").add("integer");
        keys.putObject(Keys.INPUTS).put("type", "object").put("description", "what is assumed of fields of programs' contexts, and of what functions return: 'skb->mark: 0..3', 'bpf_get_prandom_u32(): 0..9'")
                .putObject("additionalProperties").putArray("type").add("string").add("integer");
        value(keys.putObject(Keys.DIFFER).put("description", "fields of programs' contexts that hold another value for each agent: 'skb->mark'"), Keys.Kind.LIST);
        keys.putObject(Keys.ACCEPT).put("type", "object").put("description", "findings that are accepted, by id ('*' for any characters), each with a reason")
                .putObject("additionalProperties").put("type", "string").put("minLength", 1);
        for (When when : When.values()) {
            value(keys.putObject(when.word()).put("description", described(when)), Keys.Kind.LIST);
        }
        for (Keys.Key key : Keys.OPTIONS) {
            value(keys.putObject(key.key()).put("description", key.description()), key.kind());
        }
    }

    private static String described(When when) {
        return switch (when) {
            case FINALLY -> "conditions that must hold when all runs have ended: 'hash_map[0].cnt == 2'";
            case ALWAYS -> "conditions that must hold at every moment";
            case LOCK_FREE -> "conditions that must hold whenever no lock of the elements that they read is owned";
        };
    }

    private static void value(ObjectNode node, Keys.Kind kind) {
        switch (kind) {
            case NUMBER -> node.put("type", "integer").put("minimum", 0);
            case NUMBER_OR_ANY -> {
                ArrayNode either = node.putArray("oneOf");
                either.addObject().put("type", "integer").put("minimum", 0);
                either.addObject().put("const", AgentSpec.ANY);
            }
            case DURATION, SIZE, WORD -> node.putArray("type").add("string").add("number");
            case FLAG -> node.put("type", "boolean");
            case LIST -> {
                node.putArray("type").add("array").add("string");
                node.putObject("items").put("type", "string");
            }
            case MAP -> node.put("type", "object").putObject("additionalProperties").put("type", "string");
        }
    }

    private static void expect(ObjectNode node) {
        ImmutableList<String> verdicts = Lists.immutable.of(Status.values()).collect(s -> s.name().toLowerCase(Locale.ROOT));
        var either = node.putArray("oneOf");
        var words = either.addObject().putArray("enum");
        verdicts.each(words::add);
        ObjectNode named = either.addObject().put("type", "object").put("minProperties", 1).put("maxProperties", 1).put("additionalProperties", false);
        ObjectNode keys = named.putObject("properties");
        verdicts.each(v -> {
            ObjectNode names = keys.putObject(v);
            names.putArray("type").add("array").add("string");
            names.putObject("items").put("type", "string");
        });
    }

    private static void agent(ObjectNode node) {
        ObjectNode keys = node.put("type", "object").put("additionalProperties", false).putObject("properties");
        keys.putObject("program").put("type", "string").put("description", "name of a program of the object");
        keys.putObject("user").put("type", "string").put("description", "a system call of user space: 'update MAP lock'");
        ArrayNode cpu = keys.putObject("cpu").put("description", "by default its place in the list; any: every one is tried").putArray("oneOf");
        cpu.addObject().put("type", "integer").put("minimum", 0);
        cpu.addObject().put("const", AgentSpec.ANY);
        keys.putObject("runs").put("type", "integer").put("minimum", 1).put("description", "how often, one after the other");
        keys.putObject(Keys.INPUTS).put("type", "object").put("description", "what is assumed of fields of this agent's context: 'skb->mark: 0..3'")
                .putObject("additionalProperties").putArray("type").add("string").add("integer");
        var levels = keys.putObject("level").put("description", "by default what its section says; on one CPU, higher ones interrupt lower ones").putArray("enum");
        Lists.immutable.of(ContextLevel.values()).each(l -> levels.add(l.word().toLowerCase(Locale.ROOT)));
    }
}
