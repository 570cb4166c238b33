package bpfmc.explorer.spec;

import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A node of a YAML file that knows its place. */
record Yaml(Path file, Node node) {

    /** {@return "file:line:column", both from 1} */
    String place() {
        return file + node.getStartMark().map(Yaml::words).orElse("");
    }

    private static String words(Mark mark) {
        return ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    InputException error(String message) {
        return new InputException(place() + ": " + message);
    }

    /** {@return a number that may have a unit} */
    long quantity(ToLongFunction<String> read) {
        try {
            return read.applyAsLong(word());
        } catch (InputException e) {
            throw error(e.getMessage());
        }
    }

    String word() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw error("expected a word");
    }

    int number() {
        try {
            int number = Integer.parseInt(word());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw error("'" + word() + "' is no number");
        }
        throw error(word() + " is negative");
    }

    boolean flag() {
        return switch (word()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw error("'" + word() + "' is neither true nor false");
        };
    }

    /** {@return the elements; a single word counts as a list of one} */
    ImmutableList<Yaml> list() {
        return switch (node) {
            case SequenceNode sequence -> Lists.immutable.withAll(sequence.getValue()).collect(n -> new Yaml(file, n));
            case ScalarNode scalar -> Lists.immutable.with(this);
            default -> throw error("expected a list");
        };
    }

    /** {@return the values by key} @param known the keys there are, none if any key will do */
    Map<String, Yaml> map(ImmutableList<String> known) {
        if (!(node instanceof MappingNode mapping)) {
            throw error("expected keys and values" + (known.isEmpty() ? "" : "; the keys are " + known.makeString(", ")));
        }
        Map<String, Yaml> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Yaml key = new Yaml(file, tuple.getKeyNode());
            String name = key.word();
            if (known.notEmpty() && !known.contains(name)) {
                throw key.error("there is no key '" + name + "'" + Nearest.hint(known, name));
            }
            if (values.put(name, new Yaml(file, tuple.getValueNode())) != null) {
                throw key.error("the key '" + name + "' stands here twice");
            }
        }
        return values;
    }

    /** {@return the one of the words that is meant} */
    <T> T oneOf(Map<String, T> words, String what) {
        T value = words.get(word());
        if (value == null) {
            throw error("there is no " + what + " '" + word() + "'" + Nearest.hint(Lists.immutable.withAll(words.keySet()), word()));
        }
        return value;
    }
}
