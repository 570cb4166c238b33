package bpfmc.model.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import bpfmc.model.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By hand: {@code struct s { int first; struct pair { char a, b; } pair[3]; int small : 5; unsigned rest : 11; }}. */
class CoreResolverTest {
    private static final int STRUCT = 5;
    private static final int ENUM = 6;
    private final CoreResolver resolver;

    CoreResolverTest() {
        BtfWriter btf = new BtfWriter();
        int i32 = btf.integer("int", 4, true);
        int character = btf.integer("char", 1, false);
        int pair = btf.struct("pair", 2, btf.string("a"), character, 0, btf.string("b"), character, 8);
        int pairs = btf.array(pair, 3);
        btf.type("s", 4, 1 << 31 | 4, 16, btf.string("first"), i32, 0, btf.string("pair"), pairs, 32,
                btf.string("small"), i32, 5 << 24 | 96, btf.string("rest"), i32, 11 << 24 | 101);
        btf.type("color", 6, 2, 4, btf.string("RED"), 3, btf.string("GREEN"), 70);
        resolver = new CoreResolver(BtfTypes.parse(Bytes.of("section .BTF", btf.build())));
    }

    @ParameterizedTest(name = "kind {1} of {0} is {2}")
    @CsvSource({
        "0, 0, 0", "0:1, 0, 4", "0:1:2:1, 0, 9", "2:0, 0, 32", "0:2, 0, 12", "0:3, 0, 12",
        "0:1, 1, 6", "0:3, 1, 4", "0, 1, 16", "0:0, 2, 1", "0:0, 3, 1", "0:1:0:0, 3, 0",
        "0:2, 4, 59", "0:2, 5, 59", "0:3, 4, 48", "0:3, 5, 53", "0:0, 4, 32", "0:0, 5, 32",
        "0, 6, 5", "0, 7, 5", "0, 8, 1", "0, 9, 16", "0, 12, 1"
    })
    void computesWhatAFieldStandsFor(String access, int kind, long value) {
        assertThat(resolver.value(new CoreRelocation(0, STRUCT, access, kind))).isEqualTo(value);
    }

    @Test
    void computesConstants() {
        assertThat(resolver.value(new CoreRelocation(0, ENUM, "1", 10))).isEqualTo(1);
        assertThat(resolver.value(new CoreRelocation(0, ENUM, "1", 11))).isEqualTo(70);
    }

    @ParameterizedTest(name = "type {0}, access {1}, kind {2}: {3}")
    @CsvSource({
        "5, 0:9, 0, has no member 9", "5, 0:0:0, 0, has neither members nor elements", "5, x, 0, 'x' is not an index",
        "5, 0, 13, none of the 13", "99, 0, 0, there is no type 99", "6, 2, 11, no such constant",
        "5, 0:-1, 0, is not an index", "0, 0, 9, has no size", "5, 0:4294967295, 0, has no member 4294967295"
    })
    void refusesWhatDoesNotFit(int type, String access, int kind, String message) {
        assertThatThrownBy(() -> resolver.value(new CoreRelocation(0, type, access, kind)))
                .isInstanceOf(InputException.class).hasMessageContaining(message);
    }
}
