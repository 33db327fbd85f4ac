using System.Runtime.InteropServices;

namespace PhysOpt.Tracing.Rolling;

/// <summary>Sequences of whole numbers, each kept once.</summary>
internal sealed class SequencePool
{
    readonly Dictionary<int, List<int[]>> known = [];

    /// <summary>An array with these numbers, the same one each time.</summary>
    internal int[] Find(ReadOnlySpan<int> sequence)
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(sequence));
        ref var alike = ref CollectionsMarshal.GetValueRefOrAddDefault(known, hash.ToHashCode(), out _);
        foreach (var candidate in alike ??= [])
        {
            if (sequence.SequenceEqual(candidate)) return candidate;
        }

        int[] added = [.. sequence];
        alike.Add(added);
        return added;
    }

    /// <summary>The access to numbers at these places: a slice where they lie at equal distances.</summary>
    internal Access ToAccess(Space space, ReadOnlySpan<int> places)
    {
        var stride = places.Length > 1 ? places[1] - places[0] : 1;
        for (var i = 1; i < places.Length; i++)
        {
            if (places[i] - places[i - 1] != stride) return new(space, 0, 0, Find(places));
        }

        return new(space, places[0], stride);
    }
}
