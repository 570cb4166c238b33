package bpfmc.explorer.check;

import bpfmc.explorer.verdict.AccessSite;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Subject;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Fault;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Races of two stores that always store the same constant to the same bytes, at once: memory is the same whichever comes first. They are notes, and no
 * part of a verdict. A load that races with such a store is no such race: what it reads hangs on the order.
 *
 * <p>What a place always stores is only known of scenarios that were explored to their end.
 */
final class HarmlessRaces {
    private HarmlessRaces() {}

    /** {@return the result with these races as notes} */
    static ScenarioResult noted(ScenarioResult result) {
        if (!(result.verdict() instanceof Verdict.Violated v) || v.unfinished().notEmpty()) {
            return result;
        }
        ImmutableList<Fault> harmless = v.faults().select(f -> harmless(result, f.finding()));
        ImmutableList<Fault> left = v.faults().reject(harmless::contains);
        return result.with(left.isEmpty() ? new Verdict.Holds() : new Verdict.Violated(left, v.unfinished())).noting(harmless.collect(Fault::finding));
    }

    private static boolean harmless(ScenarioResult result, Finding finding) {
        ImmutableList<AccessSite> stores = result.accesses().all().select(s -> finding.places().contains(s.place()) && s.subject().overlaps(finding.subject()));
        return finding.about().cause().equals(Finding.UNORDERED) && finding.places().size() == 2
                && finding.places().allSatisfy(p -> stores.anySatisfy(s -> s.place().equals(p)))
                && stores.allSatisfy(s -> s.stored().isPresent() && s.stored().equals(stores.getFirst().stored()) && whole(s.subject(), finding.subject()));
    }

    /** Naturally aligned accesses of up to eight bytes happen at once. */
    private static boolean whole(Subject access, Subject bytes) {
        int size = bytes.size();
        return access.equals(bytes) && size <= Long.BYTES && Integer.bitCount(size) == 1 && bytes.offset() % size == 0;
    }
}
