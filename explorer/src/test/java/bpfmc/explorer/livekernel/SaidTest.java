package bpfmc.explorer.livekernel;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.livekernel.KernelVerdict.Stage;
import org.junit.jupiter.api.Test;

class SaidTest {
    private static final String FIGURES = "processed 12 insns (limit 1000000) max_states_per_insn 0 total_states 1 peak_states 1 mark_read 1\n";

    private static KernelVerdict verdict(int status, String verifier, String types, String library) {
        return new Said(status, verifier, types, library).of("p");
    }

    @Test
    void aLoadThatSucceedsIsAccepted() {
        assertThat(verdict(0, "verification time 89 usec\nstack depth 8\n" + FIGURES, "", "")).extracting(KernelVerdict::stage, KernelVerdict::words).containsExactly(Stage.ACCEPTED, "");
    }

    @Test
    void theVerifiersWordsAreNeitherFiguresNorCodeNorStates() {
        KernelVerdict verdict = verdict(-22, "func#0 @0\n0: R1=ctx() R10=fp0\n; if (!e) @ a.c:3\n12: (85) call bpf_spin_lock#93\nfrom 4 to 6: R0=0\n"
                + "global function calls are not allowed while holding a lock,\nuse static function instead\n" + FIGURES, "",
                "libbpf: prog 'p': BPF program load failed: Invalid argument\nlibbpf: failed to load object 'a.o'\n");
        assertThat(verdict.stage()).isEqualTo(Stage.PROGRAM);
        assertThat(verdict.words()).isEqualTo("global function calls are not allowed while holding a lock,\nuse static function instead");
    }

    @Test
    void aRefusalWithoutALogHasTheErrorOfLibbpf() {
        KernelVerdict verdict = verdict(-1, "", "", "libbpf: permission error while running as root; try raising 'ulimit -l'? current value: 8.0 MiB\n"
                + "libbpf: prog 'p': failed to load: -1\nlibbpf: failed to load object 'a.o'\n");
        assertThat(verdict).extracting(KernelVerdict::stage, KernelVerdict::words).containsExactly(Stage.PROGRAM, "prog 'p': failed to load: -1");
    }

    @Test
    void mapsThatAreNotMadeAreToldApart() {
        KernelVerdict verdict = verdict(-22, "", "", "libbpf: Error in bpf_create_map_xattr(m):Invalid argument(-22). Retrying without BTF.\n"
                + "libbpf: map 'm': failed to create: Invalid argument(-22)\nlibbpf: failed to load object 'a.o'\n");
        assertThat(verdict).extracting(KernelVerdict::stage, KernelVerdict::words).containsExactly(Stage.MAP, "map 'm': failed to create: Invalid argument(-22)");
        assertThat(verdict.untyped()).hasSize(1);
    }

    @Test
    void typesThatAreRefusedAreToldBesideTheVerdict() {
        KernelVerdict verdict = verdict(0, FIGURES, "[1] INT int\n[2] STRUCT elem size=16\n", "libbpf: Error loading .BTF into kernel: -7. BTF is optional, ignoring.\n");
        assertThat(verdict.accepted()).isTrue();
        assertThat(verdict.untyped()).containsExactly("Error loading .BTF into kernel: -7. BTF is optional, ignoring. ([2] STRUCT elem size=16)");
    }

    @Test
    void aProgramOfATableThatLacksTheOthersWasAccepted() {
        assertThat(verdict(-9, FIGURES, "", "libbpf: map 't': failed to initialize slot [3] to prog 'q' fd=-2: -9\n").accepted()).isTrue();
    }

    @Test
    void whatLibbpfDoesNotFindIsNoVerdictOfTheKernel() {
        assertThat(verdict(-3, "", "", "libbpf: prog 'p': failed to find kernel BTF type ID of 'nmi_handle': -3\n").stage()).isEqualTo(Stage.LIBRARY);
    }
}
