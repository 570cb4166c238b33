package bpfmc.model.program;

import static bpfmc.model.program.Samples.map;
import static bpfmc.model.program.Samples.program;
import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.MapType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectReaderTest {
    @Test
    void readsEveryObjectOfEveryCompiler() {
        for (String name : Samples.all()) {
            BpfObject object = Samples.read(name);
            assertThat(object.programs()).as(name).isNotEmpty();
            assertThat(object.license()).as(name).endsWith("GPL");
            object.programs().forEach(p -> assertThat(p.functions().getFirst().name()).isEqualTo(p.name()));
        }
        assertThat(Samples.all()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"locked-clang14", "locked-clang19", "locked-clang22"})
    void appendsSubprogramsInTheOrderOfTheirCalls(String name) {
        BpfObject object = Samples.read(name);
        BpfProgram count = program(object, "count");
        assertThat(count.functions().collect(Function::name)).containsExactly("count", "add", "global_twice");
        assertThat(count.functions().collect(Function::global)).containsExactly(true, false, true);
        assertThat(count.functions().getLast().end()).isEqualTo(count.size());
        for (int slot = 0; slot < count.size(); slot++) {
            if (count.code().get(slot) instanceof Instruction.CallSubprogram call) {
                int target = slot + 1 + call.offset();
                assertThat(count.functionAt(target).start()).isEqualTo(target).isPositive();
            }
        }
        BpfProgram sum = program(object, "sum");
        assertThat(sum.functions().collect(Function::name)).containsExactly("sum", "each", "global_twice");
        assertThat(sum.references().values()).contains(new Reference.Function(sum.functions().get(1).start()));
    }

    @Test
    void followsSubprogramsDepthFirstAsLibbpfDoes() {
        BpfProgram two = program(Samples.read("many-clang19"), "two");
        assertThat(two.functions().collect(Function::name))
                .containsExactly("two", "middle", "leaf", "hidden", "visible", "beside");
        assertThat(two.functions().select(Function::global).collect(Function::name)).containsExactly("two", "visible");
    }

    @Test
    void keepsStaticFunctionsOfAProgramSectionOutOfThePrograms() {
        BpfObject object = Samples.read("many-clang14");
        assertThat(object.programs().collect(BpfProgram::name))
                .containsExactly("one", "two", "probe", "trace", "unknown");
        assertThat(object.notes()).containsExactly(
                "program unknown: section something/unknown names no program type that libbpf knows");
    }

    @Test
    void saysWhereEachInstructionComesFrom() {
        BpfProgram count = program(Samples.read("locked-clang19"), "count");
        SourceLine first = count.lineAt(count.functions().get(1).start() + 3).orElseThrow();
        assertThat(first.file()).isEqualTo("./locked.bpf.c");
        assertThat(first.text()).isEqualTo("\tbpf_spin_lock(&value->lock);");
        assertThat(first.line()).isEqualTo(23);
        assertThat(first.column()).isPositive();
    }

    @Test
    void resolvesMapsAndGlobalData() {
        BpfObject object = Samples.read("locked-clang19");
        BpfProgram count = program(object, "count");
        assertThat(count.references().values()).contains(
                new Reference.Map(map(object, "hash_map").index()),
                new Reference.Data(map(object, ".bss").index(), 0),
                new Reference.Data(map(object, ".rodata").index(), 0),
                new Reference.Data(map(object, ".data").index(), 0));
        assertThat(map(object, ".data").data().orElseThrow().contents()).containsExactly(5, 0, 0, 0);
        assertThat(map(object, ".rodata").readOnlyData()).isTrue();
    }

    @Test
    void loadsAnObjectWithoutBtfAndSaysWhatIsMissing() {
        BpfObject object = Samples.read("locked-nobtf");
        assertThat(object.btf()).isEmpty();
        assertThat(object.notes()).containsExactly(
                "no BTF: no source lines, no field names, no lock fields; compile with clang -g",
                "map hash_map: without BTF its type and sizes are not known");
        assertThat(program(object, "count").functions()).hasSize(3);
        assertThat(program(object, "count").references().values()).contains(new Reference.Map(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"externs-clang14", "externs-clang19"})
    void namesWhatTheKernelProvides(String name) {
        BpfObject object = Samples.read(name);
        BpfProgram program = program(object, "newtask");
        Reference.Kfunc acquire = (Reference.Kfunc) program.references().values().stream()
                .filter(r -> r instanceof Reference.Kfunc k && k.name().equals("bpf_task_acquire")).findFirst().orElseThrow();
        assertThat(acquire.weak()).isFalse();
        assertThat(acquire.prototype().result().typeName()).isEqualTo("struct task_struct *");
        assertThat(program.references().values()).contains(
                new Reference.KernelSymbol("bpf_task_release", true), new Reference.KernelSymbol("runqueues", false),
                new Reference.KernelSymbol("bpf_prog_active", false));
        MapDefinition kconfig = map(object, ".kconfig");
        assertThat(kconfig.value().fieldAt(8, 4).orElseThrow().name()).isEqualTo("LINUX_KERNEL_VERSION");
        assertThat(program.references().values()).contains(new Reference.Data(kconfig.index(), 8));
        assertThat(kconfig.readOnlyData()).isTrue();
    }

    @Test
    void leavesCoReValuesAsCompiledWhereTheTypesAreTheSame() {
        byte[] compiled = Samples.bytes("core-clang19");
        BpfProgram program = program(Samples.read("core-clang19"), "relocate");
        assertThat(program.size()).isEqualTo(program(ObjectReader.read("again", compiled), "relocate").size());
        assertThat(program.code().collect(String::valueOf).makeString()).contains("value=16").contains("value=59");
    }

    @Test
    void keepsJumpTablesAsData() {
        BpfObject object = Samples.read("jumptable-clang22");
        MapDefinition table = map(object, ".jumptables");
        assertThat(table.maxEntries()).isEqualTo(7);
        assertThat(program(object, "dispatch").references().values()).contains(new Reference.Data(table.index(), 0));
        assertThat(object.notes()).containsExactly("section .jumptables: jump tables (gotox) are shown, not followed");
    }

    @Test
    void readsStaticMapsArenasAndTablesOfFunctions() {
        BpfObject object = Samples.read("special-clang19");
        assertThat(object.maps().collect(MapDefinition::name))
                .containsExactlyInAnyOrder("first", "second", "arena", ".rodata", "table");
        BpfProgram done = program(object, "my_done");
        assertThat(done.references().values()).contains(
                new Reference.Map(map(object, "second").index()), new Reference.Map(map(object, "arena").index()),
                new Reference.Data(map(object, "arena").index(), 0));
        assertThat(map(object, "table").type()).isEqualTo(MapType.STRUCT_OPS);
        assertThat(map(object, "table").value().fieldAt(8, 8).orElseThrow().typeName()).isEqualTo("void (*)(void *)");
        assertThat(object.notes()).contains(
                "section .rodata: addresses in global data are passed over, as libbpf does",
                "section weird: passed over: its name is not one that libbpf knows");
    }

    @Test
    void isTheSameEveryTime() {
        for (String name : Samples.all()) {
            assertThat(Rendering.of(Samples.read(name))).as(name).isEqualTo(Rendering.of(Samples.read(name)));
        }
    }
}
