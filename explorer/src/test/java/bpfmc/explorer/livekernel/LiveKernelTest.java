package bpfmc.explorer.livekernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.explorer.livekernel.KernelVerdict.Stage;
import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.load.ObjectReader;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveKernelTest {
    private static final Path SPECS = Path.of("..", "specs");

    /** A libbpf whose kernel refuses every program. */
    private static Libbpf refusing(int error, List<String> called) {
        return (Libbpf) Proxy.newProxyInstance(Libbpf.class.getClassLoader(), new Class<?>[] {Libbpf.class}, (proxy, method, arguments) -> {
            called.add(method.getName());
            return method.getName().equals("bpf_prog_load") ? error : null;
        });
    }

    @Test
    void withoutPermissionItSaysSoInOneSentence() {
        List<String> called = new ArrayList<>();
        assertThatThrownBy(() -> LiveKernel.of(refusing(-1, called), null, KernelRelease.parse("6.18.44"))).isInstanceOf(InputException.class)
                .hasMessageContaining("may not load BPF programs (EPERM)").message().doesNotContain("\n");
        assertThat(called).containsExactly("libbpf_set_print", "bpf_prog_load", "libbpf_set_print");
    }

    @Test
    void whatIsNoObjectIsNotOpened(@TempDir Path folder) throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.o"), "no object");
        BpfObject object = ObjectReader.read(SPECS.resolve("lock/hash_elem.bpf.o"));
        try (LiveKernel kernel = Permitted.kernel()) {
            KernelVerdict verdict = kernel.load(broken, object.programs()).getOnly();
            assertThat(verdict.stage()).isEqualTo(Stage.LIBRARY);
            assertThat(verdict.words()).isNotEmpty();
            assertThatThrownBy(() -> kernel.maps(broken)).isInstanceOf(InputException.class).hasMessageContaining("libbpf cannot open it");
        }
    }

    @Test
    void functionsThatTheKernelDoesNotHaveAreAnInputError() {
        try (LiveKernel kernel = Permitted.kernel()) {
            assertThatThrownBy(() -> kernel.functions(Lists.immutable.with("no_such_function"))).isInstanceOf(InputException.class)
                    .hasMessageContaining("no_such_function");
        }
    }

    /** libbpf before 1.2 knows no section tc/ingress; the program is loaded as what it is all the same. */
    @Test
    void programsInSectionsThatLibbpfDoesNotKnowAreLoaded() {
        Path path = SPECS.resolve("litmus/store_buffering.bpf.o");
        try (LiveKernel kernel = Permitted.kernel()) {
            assertThat(kernel.load(path, ObjectReader.read(path).programs()).collect(KernelVerdict::stage)).containsOnly(Stage.ACCEPTED);
        }
    }

    @Test
    void programsOfATableAreLoadedWithoutTheOthers() {
        Path path = SPECS.resolve("calls/tail_call.bpf.o");
        try (LiveKernel kernel = Permitted.kernel()) {
            assertThat(kernel.load(path, ObjectReader.read(path).programs()).collect(KernelVerdict::stage)).containsOnly(Stage.ACCEPTED);
        }
    }
}
