package bpfmc.explorer.replay;

import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import tools.jackson.databind.JsonNode;

/**
 * One step of a stored counterexample.
 *
 * @param cpu from 0 @param level "task", "softirq", ... @param depth how many agents lie suspended below on its CPU
 * @param place "file:line", or the program's instruction @param source the line
 * @param action "load", "store", "lock", ... @param touched the memory, "" for none @param value read or written, "" for none
 * @param locks what the agent owns afterwards @param pending whether it is only about to be taken
 */
record StoredStep(int cpu, String level, int depth, String program, String place, String source, String action, String touched, String value,
        ImmutableList<String> locks, boolean pending) {

    static StoredStep of(JsonNode step) {
        String file = step.path("file").asString("");
        String place = file.isEmpty() ? "instruction " + step.path("instruction").asInt(0)
                : file.substring(file.lastIndexOf('/') + 1) + ":" + step.path("line").asInt(0);
        return new StoredStep(step.path("cpu").asInt(0), step.path("level").asString(""), step.path("depth").asInt(0), step.path("program").asString(""),
                place, step.path("source").asString(""), step.path("action").asString(""), step.path("touched").asString(""),
                step.path("value").asString(""), Lists.immutable.withAll(step.path("locks")).collect(l -> l.asString("")),
                step.path("pending").asBoolean(false));
    }

    /** {@return whether it leaves a value in memory that can be shown} */
    boolean showsMemory() {
        return !pending && !touched.isEmpty() && !value.isEmpty() && (action.startsWith("load") || action.startsWith("store") || action.startsWith("atomic"));
    }

    /** {@return "CPU0  count (softirq)"} */
    String who() {
        return "CPU" + cpu + "  " + program + " (" + level + ")";
    }

    /** {@return "about to store hash_map[{0}].cnt = 1"} */
    String what() {
        String memory = touched.isEmpty() || value.startsWith(touched) ? "" : " " + touched;
        return (pending ? "about to " : "") + action + memory + (value.isEmpty() ? "" : (memory.isEmpty() ? " " : " = ") + value);
    }
}
