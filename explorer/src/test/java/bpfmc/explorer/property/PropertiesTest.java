package bpfmc.explorer.property;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place;
import java.util.TreeSet;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each property on samples, without reductions, counterexamples and reports. */
class PropertiesTest {
    /** The gravest level of the property's findings, and the lines that they name. */
    @ParameterizedTest
    @CsvSource({
        "race/torn_read, record + shape, data-race, WARNING, 32 33 47 48",
        "race/torn_read, record + record, data-race, , ''",
        "race/plain_store, store + load, data-race, ERROR, 31 41",
        "race/adjacent_bytes, mark + mark, data-race, , ''",
        "lock/hash_elem_no_lock, count + count, lost-update, ERROR, 28",
        "lock/hash_elem, count + count, lost-update, , ''",
        "hash/insert_any, count + count, lost-update, ERROR, 22 25",
        "hash/insert_noexist, count + count, lost-update, , ''",
        "hash/delete_while_counting, count + forget, stale-element, ERROR, 23",
        "hash/delete_while_counting, count + count, stale-element, , ''",
        "clock/interval_wraps, sample + sample, clock-order, ERROR, 30 35",
        "clock/two_clocks, measure + measure, clock-order, , ''",
        "refused/abba, ingress + egress, deadlock, ERROR, 41 59",
        "refused/abba, ingress + ingress, deadlock, , ''",
        "refused/missing_unlock, count + count, lock-discipline, ERROR, 33",
        "lock/hash_elem, count + count, lock-discipline, , ''",
        "refused/irq_left_off, connecting + connecting, interrupt-state, ERROR, 29",
        "nesting/irq_save, connecting < packet, interrupt-state, , ''",
        "refused/unlock_of_another, count + count, mutual-exclusion, ERROR, 31 35",
        "lock/hash_elem, count + count, mutual-exclusion, , ''"})
    void findsWhatItIsAboutAndNothingElse(String sample, String scenario, String property, Level level, String lines) {
        Pair pair = Pair.of(sample, scenario);
        ImmutableList<Property> one = Properties.all().select(p -> p.name().equals(property));
        ImmutableList<Finding> findings = pair.observed(one).selectInstancesOf(Finding.class);
        assertThat(findings.collect(Finding::level).minOptional().orElse(null)).isEqualTo(level);
        var named = new TreeSet<Integer>();
        findings.flatCollect(Finding::places).each(p -> named.add(line(pair, p)));
        assertThat(String.join(" ", named.stream().map(String::valueOf).toList())).isEqualTo(lines);
    }

    private static int line(Pair pair, Place place) {
        return pair.object().programs().detect(p -> p.name().equals(place.program())).lineAt(place.slot()).orElseThrow().line();
    }
}
