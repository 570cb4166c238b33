package bpfmc.model.program.load;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import java.nio.file.Path;
import org.eclipse.collections.api.factory.primitive.IntObjectMaps;
import org.junit.jupiter.api.Test;

class TailCallsTest {
    private static BpfObject sample(String name) {
        return ObjectReader.read(Path.of("..", "specs", name + ".bpf.o"));
    }

    private static BpfProgram program(BpfObject object, String name) {
        return object.programs().detect(p -> p.name().equals(name));
    }

    @Test
    void layTheCodeOfEveryProgramThatCanBeReachedBehindTheCaller() {
        BpfObject object = sample("calls/tail_call");
        BpfObject followed = TailCalls.followed(object);
        BpfProgram dispatch = program(followed, "dispatch");
        int own = program(object, "dispatch").size();
        int count = program(object, "count").size();
        assertThat(map(object, "stages").initialPrograms()).isEqualTo(IntObjectMaps.mutable.<String>empty().withKeyValue(1, "count").withKeyValue(3, "pass"));
        assertThat(dispatch.entries().get("dispatch")).isZero();
        assertThat(dispatch.entries().keysView()).containsExactlyInAnyOrder("dispatch", "count", "pass");
        assertThat(dispatch.size()).isEqualTo(own + count + program(object, "pass").size());
        int start = dispatch.entries().get("count");
        assertThat(dispatch.code().subList(start, start + count)).isEqualTo(program(object, "count").code().castToList());
        assertThat(dispatch.lineAt(start)).isEqualTo(program(object, "count").lineAt(0));
    }

    @Test
    void leaveProgramsThatCallNobodyAndObjectsWithoutProgramArraysAsTheyAre() {
        BpfObject object = sample("calls/tail_call");
        assertThat(program(TailCalls.followed(object), "count")).isSameAs(program(object, "count"));
        BpfObject plain = sample("lock/hash_elem");
        assertThat(TailCalls.followed(plain)).isSameAs(plain);
    }

    @Test
    void toThemselvesNeedNoMoreCode() {
        BpfObject object = sample("calls/tail_call_loop");
        assertThat(program(TailCalls.followed(object), "again").size()).isEqualTo(program(object, "again").size());
    }

    private static MapDefinition map(BpfObject object, String name) {
        return object.maps().detect(m -> m.name().equals(name));
    }
}
