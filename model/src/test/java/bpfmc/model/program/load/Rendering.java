package bpfmc.model.program.load;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;

/** Everything an object says of itself, as text; the contents of data sections by length. */
final class Rendering {
    private Rendering() {}

    static String of(BpfObject object) {
        StringBuilder out = new StringBuilder(object.name()).append(object.license()).append(object.notes());
        object.maps().forEach(map -> describe(map, out));
        object.programs().forEach(program -> describe(program, out));
        object.btf().ifPresent(types -> {
            for (int id = 0; id < types.count(); id++) {
                out.append(types.byId(id)).append(types.typeName(id)).append(types.sizeOf(id));
            }
        });
        return out.toString();
    }

    private static void describe(MapDefinition map, StringBuilder out) {
        out.append(map.index()).append(map.name()).append(map.type()).append(map.keySize()).append(map.valueSize())
                .append(map.maxEntries()).append(map.flags()).append(map.value()).append(map.key())
                .append(map.initialInner()).append(map.data().map(d -> d.kind() + ":" + d.contents().length));
        for (int offset : new int[] {0, 1, 4, 8, map.valueSize() / 2, map.valueSize() - 1}) {
            out.append(map.value().fieldAt(offset, 1)).append(map.value().fieldAt(offset, 4));
        }
        map.inner().ifPresent(inner -> describe(inner, out));
    }

    private static void describe(BpfProgram program, StringBuilder out) {
        out.append(program.name()).append(program.section()).append(program.instructionCount())
                .append(program.code()).append(program.functions());
        for (int slot = 0; slot < program.size(); slot++) {
            out.append(program.references().get(slot)).append(program.lineAt(slot));
        }
    }
}
