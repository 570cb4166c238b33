package bpfmc.model.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class KeptContentsTest {
    private static KeptContents more(KeptContents kept, int map, int offset, int size) {
        return catchThrowableOfType(KeptContents.MoreMatters.class, () -> kept.require(map, offset, size)).more();
    }

    @Test
    void everythingIsKeptWhereNothingMayBeLeftOut() {
        assertThat(KeptContents.ALL.keeps(3, 1000, 1)).isTrue();
        assertThatCode(() -> KeptContents.ALL.require(3, 1000, 1)).doesNotThrowAnyException();
        assertThat(KeptContents.ALL.name()).isEmpty();
    }

    @Test
    void whatDecidesMakesAllReadsCount() {
        assertThat(KeptContents.NOTHING.keeps(0, 0, 8)).isFalse();
        KeptContents read = more(KeptContents.NOTHING, 1, 8, 4);
        assertThat(read.scope()).isEqualTo(KeptContents.Scope.UNREAD);
        assertThat(read.keeps(1, 8, 4)).as("that it was read is noted when it is read again").isFalse();
        KeptContents word = more(read, 1, 8, 4);
        assertThat(word.keeps(1, 8, 4)).isTrue();
        assertThat(word.keeps(1, 15, 1)).isTrue();
        assertThat(word.keeps(1, 0, 8)).isFalse();
        assertThat(word.keeps(0, 8, 4)).isFalse();
        assertThatCode(() -> word.require(1, 12, 4)).doesNotThrowAnyException();
    }

    @Test
    void readsAcrossWordsNeedBoth() {
        KeptContents both = more(more(KeptContents.NOTHING, 0, 6, 4), 0, 6, 4);
        assertThat(both.keeps(0, 0, 1)).isTrue();
        assertThat(both.keeps(0, 8, 1)).isTrue();
        assertThat(more(both, 0, 14, 4).words().size()).isEqualTo(3);
    }

    @Test
    void choicesHaveNamesOfTheirOwn() {
        KeptContents one = more(more(KeptContents.NOTHING, 0, 0, 8), 0, 0, 8);
        KeptContents other = more(more(KeptContents.NOTHING, 0, 8, 8), 0, 8, 8);
        assertThat(java.util.List.of(KeptContents.ALL.name(), KeptContents.NOTHING.name(), one.name(), other.name())).doesNotHaveDuplicates();
    }
}
