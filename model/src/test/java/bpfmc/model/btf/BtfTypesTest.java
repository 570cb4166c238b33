package bpfmc.model.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import bpfmc.model.btf.FunctionPrototype.Kind;
import bpfmc.model.bytes.Bytes;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BtfTypesTest {
    private final BtfWriter btf = new BtfWriter();

    private BtfTypes parse() {
        return BtfTypes.parse(Bytes.of("section .BTF", btf.build()));
    }

    @Test
    void readsAllNineteenKinds() {
        int i32 = btf.integer("int", 4, true);
        int pointer = btf.pointer(i32);
        btf.array(i32, 16);
        btf.struct("pair", 8, btf.string("a"), i32, 0, btf.string("b"), i32, 32);
        btf.type("both", 5, 1, 4, btf.string("x"), i32, 0);
        btf.type("color", 6, 2, 4, btf.string("RED"), 3, btf.string("BLUE"), -1);
        btf.type("later", 7, 0, 0);
        btf.type("u32", 8, 0, i32);
        btf.type("", 9, 0, i32);
        btf.type("", 10, 0, i32);
        btf.type("", 11, 0, pointer);
        int prototype = btf.type("", 13, 1, i32, btf.string("p"), pointer);
        btf.type("main", 12, 1, prototype);
        int variable = btf.type("v", 14, 0, i32, 1);
        btf.type(".bss", 15, 1, 4, variable, 0, 4);
        btf.type("double", 16, 0, 8);
        btf.type("tag", 17, 0, variable, -1);
        btf.type("kptr", 18, 0, i32);
        btf.type("huge", 19, 1, 8, btf.string("BIG"), 5, 1);
        BtfTypes types = parse();
        Set<Class<?>> kinds = new HashSet<>();
        for (int id = 1; id < types.count(); id++) {
            kinds.add(types.byId(id).getClass());
            assertThat(types.typeName(id)).isNotEmpty();
        }
        assertThat(kinds).hasSize(19);
        assertThat(types.tagsOf(variable)).containsExactly("tag");
        assertThat(((BtfType.Enum64) types.byId(19)).values().get(0).value()).isEqualTo(0x1_0000_0005L);
        assertThat(((BtfType.Enum) types.byId(6)).values().get(1).value()).isEqualTo(0xffff_ffffL);
    }

    @Test
    void writesTypesAsCDoes() {
        int i32 = btf.integer("int", 4, true);
        int character = btf.integer("char", 1, true);
        int constant = btf.type("", 10, 0, character);
        int text = btf.pointer(constant);
        int constText = btf.type("", 10, 0, text);
        int matrix = btf.array(btf.array(i32, 3), 2);
        int prototype = btf.type("", 13, 2, i32, 0, text, 0, 0);
        int callback = btf.pointer(prototype);
        int callbacks = btf.array(callback, 4);
        int toArray = btf.pointer(matrix);
        BtfTypes types = parse();
        assertThat(types.typeName(text)).isEqualTo("const char *");
        assertThat(types.typeName(constText)).isEqualTo("const char *const");
        assertThat(types.typeName(matrix)).isEqualTo("int[2][3]");
        assertThat(types.typeName(callback)).isEqualTo("int (*)(const char *, ...)");
        assertThat(types.typeName(callbacks)).isEqualTo("int (*[4])(const char *, ...)");
        assertThat(types.typeName(toArray)).isEqualTo("int (*)[2][3]");
        assertThat(types.sizeOf(callbacks)).hasValue(32);
    }

    @Test
    void describesAFunctionsParameters() {
        int struct = btf.struct("node", 24);
        int alias = btf.type("node_t", 8, 0, struct);
        int pointer = btf.pointer(btf.type("", 10, 0, alias));
        int bool = btf.type("_Bool", 1, 0, 1, 4 << 24 | 8);
        int prototype = btf.type("", 13, 2, 0, btf.string("n"), pointer, btf.string("flag"), bool);
        FunctionPrototype found = parse().prototype("use", prototype);
        assertThat(found.result().kind()).isEqualTo(Kind.VOID);
        assertThat(found.parameters()).containsExactly(
                new FunctionPrototype.Parameter("n", "const node_t *", Kind.POINTER, 8, 24, true),
                new FunctionPrototype.Parameter("flag", "_Bool", Kind.BOOLEAN, 1, 0, false));
    }

    @Test
    void printsTypesThatPointersLeadInCircles() {
        btf.pointer(2);
        btf.pointer(1);
        btf.struct("list", 8, btf.string("next"), 4, 0);
        btf.pointer(3);
        BtfTypes types = parse();
        assertThat(types.typeName(1)).endsWith("*").contains("...");
        assertThat(types.typeName(4)).isEqualTo("struct list *");
    }

    @Test
    void refusesATypeThatContainsItself() {
        btf.type("loop", 8, 0, 2);
        btf.type("", 10, 0, 1);
        assertThatThrownBy(this::parse).isInstanceOf(InputException.class)
                .hasMessage("section .BTF: type 1 (loop): contains itself");
    }

    @Test
    void refusesAStructWithinItself() {
        btf.struct("s", 8, btf.string("inner"), 2, 0);
        btf.array(1, 2);
        assertThatThrownBy(this::parse).hasMessageContaining("contains itself");
    }

    @Test
    void refusesTypesNestedWithoutMeasure() {
        for (int i = 2; i < 100_000; i++) {
            btf.type("t", 8, 0, i);
        }
        btf.integer("int", 4, true);
        assertThatThrownBy(this::parse).hasMessageContaining("nests deeper than 200 types");
    }

    @Test
    void namesTheTypeWhoseNameIsOutside() {
        btf.integer("int", 4, true);
        btf.raw(9000, 4, 0, 8);
        assertThatThrownBy(this::parse).hasMessage("section .BTF: type 2: string offset 9000 is outside "
                + "the string table of section .BTF of 5 bytes");
    }

    @Test
    void refusesReferencesToTypesThatDoNotExist() {
        btf.type("name", 8, 0, 77);
        assertThatThrownBy(this::parse)
                .hasMessage("section .BTF: type 1 (name): refers to type 77, but there are only 1");
    }

    @Test
    void refusesUnknownKindsCutRecordsAndHugeArrays() {
        btf.type("", 20, 0, 0);
        assertThatThrownBy(this::parse).hasMessageContaining("type 1: kind 20 is none of the 19");
        BtfWriter cut = new BtfWriter();
        cut.type("s", 4, 5, 8);
        assertThatThrownBy(() -> BtfTypes.parse(Bytes.of("section .BTF", cut.build())))
                .hasMessageContaining("type 1: section .BTF: 60 bytes at offset 12 are outside its 12 bytes");
        BtfWriter huge = new BtfWriter();
        huge.array(huge.integer("int", 4, true), -1);
        assertThatThrownBy(() -> BtfTypes.parse(Bytes.of("section .BTF", huge.build())))
                .hasMessageContaining("exceeds 4 GiB");
    }

    @Test
    void refusesADamagedHeader() {
        byte[] magic = btf.build();
        magic[0] = 0;
        assertThatThrownBy(() -> BtfTypes.parse(Bytes.of("section .BTF", magic))).hasMessageContaining("magic number");
        byte[] version = btf.build();
        version[2] = 9;
        assertThatThrownBy(() -> BtfTypes.parse(Bytes.of("section .BTF", version))).hasMessageContaining("version 9");
        assertThatThrownBy(() -> BtfTypes.parse(Bytes.of("section .BTF", new byte[10])))
                .hasMessageContaining("cut off after 10 of 24 bytes");
    }

    @Test
    void replacesControlCharactersInNames() {
        btf.struct("evil\u001b[2Jname", 0);
        assertThat(parse().byId(1).name()).isEqualTo("evil\uFFFD[2Jname");
    }
}
