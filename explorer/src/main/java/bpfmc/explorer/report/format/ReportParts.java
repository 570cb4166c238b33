package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.FailOn;
import bpfmc.explorer.report.ObjectReport;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A text in parts, one for each object, which can be written as soon as the object was checked. All functions are pure.
 *
 * @param scenario the line of a scenario, if each has one: it can be written as soon as the scenario has ended; {@code object} does not have it
 * @param object the part of an object, "" for none @param between stands between two parts
 * @param end what comes after all parts
 */
public record ReportParts(Optional<Function<EndedScenario, String>> scenario, BiFunction<ObjectReport, FailOn, String> object, String between,
        Function<CheckReport, String> end) {

    /** {@return what the parts come to when nothing was written before} */
    String whole(CheckReport all) {
        return all.objects().collect(o -> scenarios(o) + object.apply(o, all.failOn())).reject(String::isEmpty).makeString(between) + end.apply(all);
    }

    /** {@return the lines of an object's scenarios} */
    public String scenarios(ObjectReport of) {
        return scenario.map(line -> of.report().results().collect(r -> line.apply(new EndedScenario(of.path(), of.report().object(), r))).makeString(""))
                .orElse("");
    }
}
