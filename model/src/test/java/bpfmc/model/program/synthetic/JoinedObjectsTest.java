package bpfmc.model.program.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.load.ObjectReader;
import bpfmc.model.program.load.TailCalls;
import bpfmc.model.verifier.CallbackUses;
import java.nio.file.Path;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

class JoinedObjectsTest {
    private static BpfObject object(String folder, String name) {
        return ObjectReader.read(Path.of("..", "specs", folder, name + ".bpf.o"));
    }

    private static BpfObject joined(ImmutableList<String> share, String... names) {
        return JoinedObjects.of(Lists.immutable.with(names).collect(n -> object("together", n)), share);
    }

    @Test
    void pinnedMapsAreOneAndTheRestIsEachObjectsOwn() {
        BpfObject joined = joined(Lists.immutable.empty(), "ingress", "egress", "egress_apart");
        assertThat(joined.maps().collect(MapDefinition::name)).containsExactly("flows", ".bss@ingress", ".bss@egress", "flows@egress_apart", ".bss@egress_apart");
        assertThat(joined.programs().collect(BpfProgram::name)).containsExactly("count@ingress", "count@egress", "count@egress_apart");
        assertThat(joined.name()).isEqualTo("ingress.bpf.o + egress.bpf.o + egress_apart.bpf.o");
    }

    @Test
    void everyReferenceLeadsToTheMapItLedTo() {
        ImmutableList<BpfObject> parts = Lists.immutable.with("ingress", "egress", "egress_apart").collect(n -> object("together", n));
        BpfObject joined = JoinedObjects.of(parts, Lists.immutable.empty());
        joined.maps().forEachWithIndex((map, i) -> assertThat(map.index()).isEqualTo(i));
        parts.forEachWithIndex((part, i) -> part.programs().getFirst().references().forEachKeyValue((slot, before) -> {
            Reference after = joined.programs().get(i).references().get(slot);
            assertThat(map(joined, after).name().split("@")[0]).isEqualTo(map(part, before).name());
            assertThat(map(joined, after).type()).isEqualTo(map(part, before).type());
        }));
    }

    private static MapDefinition map(BpfObject object, Reference reference) {
        return object.maps().get(reference instanceof Reference.Data d ? d.map() : ((Reference.Map) reference).map());
    }

    @Test
    void tailCallsAndInnerMapsLeadWhereTheyLed() {
        BpfObject first = object("calls", "tail_call");
        BpfObject twice = JoinedObjects.of(Lists.immutable.with(first, object("calls", "tail_call"), object("maps", "map_in_map")), Lists.immutable.empty());
        MapDefinition calls = twice.maps().select(m -> m.initialPrograms().notEmpty()).getLast();
        assertThat(calls.initialPrograms().values()).isNotEmpty().allSatisfy(p -> assertThat(p).endsWith("@tail_call.2"));
        assertThat(TailCalls.followed(twice).programs().collect(p -> p.entries().size()).max())
                .isEqualTo(TailCalls.followed(first).programs().collect(p -> p.entries().size()).max()).isGreaterThan(1);
        MapDefinition outer = twice.maps().detect(m -> m.initialInner().notEmpty());
        assertThat(outer.initialInner().select(i -> i >= 0).collect(i -> twice.maps().get(i).type())).isNotEmpty()
                .allSatisfy(type -> assertThat(type).isEqualTo(outer.inner().orElseThrow().type()));
    }

    @Test
    void callbacksOfOneNameAreEachObjectsOwn() {
        BpfObject twice = JoinedObjects.of(Lists.immutable.with(object("timer", "alone"), object("timer", "locked")), Lists.immutable.empty());
        assertThat(CallbackUses.added(twice).programs().collect(BpfProgram::name))
                .containsExactly("start", "count", "timer:expire@alone", "timer:expire@locked");
        BpfObject shared = JoinedObjects.of(Lists.immutable.with(object("timer", "alone"), object("timer", "alone")), Lists.immutable.with("flows"));
        assertThat(CallbackUses.added(shared).programs().collect(BpfProgram::name))
                .containsExactly("start@alone.1", "start@alone.2", "timer:expire@alone.1", "timer:expire@alone.2");
    }

    @Test
    void mapsThatTheUserNamesAreOneToo() {
        assertThat(joined(Lists.immutable.with("flows"), "ingress", "egress_apart").maps().collect(MapDefinition::name))
                .containsExactly("flows", ".bss@ingress", ".bss@egress_apart");
    }

    @Test
    void mapsThatDifferAreNotShared() {
        assertThatThrownBy(() -> joined(Lists.immutable.empty(), "ingress", "egress_larger")).isInstanceOf(InputException.class)
                .hasMessageContaining("map 'flows' cannot be shared: it is a HASH of 1024 entries").hasMessageContaining("4096 entries").hasMessageContaining("egress_larger.bpf.o");
    }

    @Test
    void aMapOfOneObjectIsNotShared() {
        assertThatThrownBy(() -> joined(Lists.immutable.with("flow"), "ingress", "egress")).isInstanceOf(InputException.class)
                .hasMessageContaining("no object has it; did you mean 'flows'?");
        assertThatThrownBy(() -> JoinedObjects.of(Lists.immutable.with(object("together", "ingress"), object("atomics", "add")), Lists.immutable.with("flows")))
                .isInstanceOf(InputException.class).hasMessageContaining("only one object has it");
    }

    @Test
    void oneObjectStaysAsItIs() {
        BpfObject one = object("together", "ingress");
        assertThat(JoinedObjects.of(Lists.immutable.with(one), Lists.immutable.empty())).isSameAs(one);
    }
}
