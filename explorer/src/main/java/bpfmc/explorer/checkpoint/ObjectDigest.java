package bpfmc.explorer.checkpoint;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A number that tells two objects apart when their code, their maps or their data differ; source lines and types do not count. */
public final class ObjectDigest {
    private ObjectDigest() {}

    /** {@return the SHA-256 of what decides how the object behaves, in hexadecimal} */
    public static String of(BpfObject object) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            object.programs().each(p -> add(digest, p));
            object.maps().each(m -> add(digest, m));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(MessageDigest digest, BpfProgram program) {
        add(digest, program.name() + " " + program.section() + " " + program.code() + " " + program.functions());
        program.references().keySet().toSortedList().forEach(slot -> add(digest, slot + " " + program.references().get(slot)));
    }

    private static void add(MessageDigest digest, MapDefinition map) {
        add(digest, map.name() + " " + map.type() + " " + map.keySize() + " " + map.valueSize() + " " + map.maxEntries() + " " + map.flags() + " "
                + map.value().special() + " " + map.initialInner() + " " + map.replacements() + " " + map.programsStay());
        map.initialPrograms().keySet().toSortedList().forEach(i -> add(digest, i + " " + map.initialPrograms().get(i)));
        map.data().ifPresent(d -> digest.update(d.contents()));
    }

    private static void add(MessageDigest digest, String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
