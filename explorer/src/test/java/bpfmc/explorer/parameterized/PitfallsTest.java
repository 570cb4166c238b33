package bpfmc.explorer.parameterized;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.verdict.Finding;
import org.eclipse.collections.api.set.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a proof for any number of CPUs goes wrong by if it is built otherwise: each line is a sample that would be
 * proven, or would not be.
 */
class PitfallsTest {
    private static ImmutableSet<String> alarms(String sample) {
        return Proofs.ofSample(sample).open().flatCollect(Proof.Open::findings).collect(Finding::property).toSet().toImmutable();
    }

    @ParameterizedTest
    @CsvSource({
        // a run that has not moved is judged too: a step of another makes it stand before an access to a stale element
        "hash/delete_while_counting, stale-element", "hash/replace_while_counting, stale-element",
        // an element that was deleted may belong to another key
        "hash/read_after_delete, stale-element", "anynumber/replaced_twice, stale-element",
        // elements of the CPU's own, whose key others delete, or evict
        "percpu/deleted, stale-element", "percpu/evicted, stale-element", "hash/lru_insert, stale-element",
        // an old element may be the key's again
        "hash/reinsert_copy, data-race",
        // what was loaded in one element, and put into another that is found again
        "lostupdate/through_hash, lost-update", "lostupdate/scratch_buffer, lost-update",
        // somebody else has inserted the key meanwhile, whatever it is called
        "hash/insert_any, lost-update", "lostupdate/missed_other_form, lost-update",
        // threads are different in tasks only
        "task/interrupted, data-race",
        // contents are not zero at first
        "anynumber/initial_contents, data-race",
        // an interrupt comes between two steps that nobody else notices
        "nesting/percpu_counter, lost-update", "nesting/irq_save_nmi, data-race", "nesting/flags_word, interrupt-state",
        // times of others
        "clock/refill_wraps, clock-order", "clock/interval_wraps, clock-order", "clock/milliseconds_wrap, clock-order",
        // the word that is kept is given back too early
        "anynumber/flag_lock_released_early, data-race"})
    void isNotProven(String sample, String alarm) {
        assertThat(alarms(sample)).contains(alarm);
        assertThat(Proofs.ofSample(sample).complete()).isFalse();
    }

    /** Each has no other way to go wrong. */
    @ParameterizedTest
    @CsvSource({
        // who inserts into a per-CPU map tells only its own CPU
        "nesting/percpu_insert_noexist, 6000", "percpu/hash_counter, 100",
        // one item at a time
        "lock/two_elements, 50", "atomics/xchg_drain, 20",
        // the lock lies elsewhere
        "lock/lock_in_other_hash, 200", "lock/lock_in_other_map, 50", "globals/lock_apart, 50",
        // a word is kept
        "atomics/cmpxchg_claim, 20", "anynumber/flag_lock, 30",
        // one thread cannot run twice at a time
        "task/own_thread, 20", "hash/read_before_delete, 50",
        // a time that others have taken may be older
        "ratelimit/token_bucket, 100", "clock/two_clocks, 50"})
    void isProvenWithFewViews(String sample, int most) {
        Proof proof = Proofs.ofSample(sample);
        assertThat(proof.open()).isEmpty();
        assertThat(proof.views()).isLessThan(most);
    }

    /** The order of locks is looked for where every lock is seen, and is no part of any item. */
    @Test
    void aCircleOfLocksIsNoProof() {
        Proof proof = Proofs.ofSample("nesting/fentry_nmi");
        assertThat(proof.open().collect(Proof.Open::why).anySatisfy(w -> w.contains("circle"))).isTrue();
        assertThat(proof.complete()).isFalse();
        assertThat(Proofs.ofSample("nesting/irqsave").order()).isEmpty();
    }

    @Test
    void whatIsNotFollowedIsNoProof() {
        assertThat(Proofs.ofSample("timer/locked").complete()).isFalse();
        assertThat(Proofs.ofSample("percpu/read_other_cpu").open().collect(Proof.Open::why).makeString()).contains("another CPU's element");
        assertThat(Proofs.ofSample("lock/store_of_unknown").open().collect(Proof.Open::why).makeString()).contains("an access to the bpf_spin_lock of elems itself");
        assertThat(Proofs.ofSample("clock/milliseconds_sum").open().collect(Proof.Open::why).makeString()).contains("times in flows that are added up");
    }
}
