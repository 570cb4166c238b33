package bpfmc.explorer.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncrementTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "\tval->cnt++;|                     cnt|     false| __sync_fetch_and_add(&val->cnt, 1)",
        "--v->refs;|                        refs|    false| __sync_fetch_and_sub(&v->refs, 1)",
        "st->bytes += skb->len;|            bytes|   false| __sync_fetch_and_add(&st->bytes, skb->len)",
        "st->tokens -= 2 * n;|              tokens|  false| __sync_fetch_and_sub(&st->tokens, 2 * n)",
        "if (v) v->rx.packets++;|           rx.packets| false| __sync_fetch_and_add(&v->rx.packets, 1)",
        "passed++;|                         passed|  true|  __sync_fetch_and_add(&passed, 1)",
        "++*counter;|                       \"\"|    false| __sync_fetch_and_add(counter, 1)",
        "(*counter)++;|                     \"\"|    false| __sync_fetch_and_add(counter, 1)",
        "*bytes += len;|                    \"\"|    false| __sync_fetch_and_add(bytes, len)"})
    void isMadeAtomic(String text, String field, boolean global, String expected) {
        assertThat(Increment.in(text, field, global).map(Increment::atomically)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "st->bytes = st->bytes + 1;|  bytes| false", "v->cnt == 1;| cnt| false", "other->count++;| cnt| false", "v->cnt++;| nt| false", "a->b->cnt++;| cnt| false",
        "n = v->cnt;| cnt| false", "*counter++;| \"\"| false", "my_passed++;| passed| true"})
    void othersAreLeftAlone(String text, String field, boolean global) {
        assertThat(Increment.in(text, field, global)).isEmpty();
    }

    @Test
    void isPutUnderTheLockOfItsValue() {
        assertThat(Increment.in("val->cnt++;", "cnt", false).orElseThrow().under("lock")).isEqualTo("bpf_spin_lock(&val->lock); val->cnt++; bpf_spin_unlock(&val->lock)");
        assertThat(Increment.in("passed += 2;", "passed", true).orElseThrow().under("guard")).isEqualTo("bpf_spin_lock(&guard); passed += 2; bpf_spin_unlock(&guard)");
    }
}
