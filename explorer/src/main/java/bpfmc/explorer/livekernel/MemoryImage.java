package bpfmc.explorer.livekernel;

import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableByteList;
import org.eclipse.collections.api.map.ImmutableMap;

/**
 * What two runs leave behind.
 *
 * @param elements the bytes of each element that is looked at, those of its locks 0; empty where its key is not in the map
 * @param returned what the runs return, in the order of the agents
 */
public record MemoryImage(ImmutableMap<Place, Optional<ImmutableByteList>> elements, ImmutableList<Integer> returned) {}
