package bpfmc.model.call;

/**
 * What the verifier of a kernel takes for known where a run alone would have to follow both ways.
 *
 * @param foundAtConstantKeys a lookup in an array with a constant index inside it does not fail (Linux 6.15)
 * @param frozenData constants of sections that libbpf freezes, {@code .rodata} (Linux 5.5)
 * @param mapsExist the address of a map is not 0 (Linux 6.17)
 * @param timersStayAwake a timer's callback may not sleep, in a program that may either (asked of Linux 6.18; since when is not established)
 * @param onlyWhatIsCalled global functions are judged only where a call of them is reached (Linux 6.8)
 */
public record Knowledge(boolean foundAtConstantKeys, boolean frozenData, boolean mapsExist, boolean timersStayAwake,
        boolean onlyWhatIsCalled) {}
