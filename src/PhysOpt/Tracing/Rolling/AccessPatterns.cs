using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Rolling;

/// <summary>
/// Takes apart classes whose nodes read their inputs in several patterns: x[i] x[i] and x[i] x[i + 1] are of one class, but each
/// alone reads
/// slices. Nodes have one access pattern where their inputs lie at the same distances from the first one and their constants are the same.
/// </summary>
/// <remarks>
/// A class is taken apart only where few patterns hold nearly all of it and meet at the same inputs. A few nodes of no pattern, as
/// at the ends of
/// a periodic grid, go with one: what uses them all stays of one class. Otherwise, as for pairs of bodies, the class stays whole.
/// </remarks>
internal sealed class AccessPatterns
{
    const int MostPatterns = 8;
    const int MostStrays = LoopShape.ShortestVector - 1;

    readonly ClassedGraph graph;
    readonly int[] first; // the first input behind a node, -1 where there is none
    readonly uint[] distances; // a hash of the inputs' distances from the first one
    readonly uint[] values; // the same with the constants
    readonly int[] seen;
    readonly uint[] keys = new uint[MostPatterns + MostStrays];
    readonly int[] counts = new int[MostPatterns + MostStrays];

    AccessPatterns(ClassedGraph graph)
    {
        this.graph = graph;
        (first, distances, values) = (new int[graph.Count], new uint[graph.Count], new uint[graph.Count]);
        seen = new int[graph.InputCount];
        for (var k = 0; k < graph.Count; k++) Describe(k);
    }

    /// <summary>
    /// A number for each node of the original graph that tells patterns of one class apart; null where there is nothing to tell.
    /// </summary>
    internal static int[]? Of(ClassedGraph graph, int nodesOfGraph)
    {
        var patterns = new AccessPatterns(graph);
        int[]? numbers = null;
        for (var c = 0; c < graph.Classes.Count; c++)
        {
            var members = graph.MembersOf(c);
            if (members.Length < 2 * LoopShape.ShortestVector || graph.Classes.OperationOf(c) is { IsLeaf: true } or { IsList: true }
                || AreAlike(members, patterns.values))
                continue;
            var hashes = patterns.Count(members, patterns.values) ? patterns.values
                : patterns.Count(members, patterns.distances) ? patterns.distances : null;
            if (hashes is not null && patterns.MeetAtInputs(members, c + 1))
                patterns.Number(members, hashes, numbers ??= new int[nodesOfGraph]);
        }

        return numbers;
    }

    void Describe(int k)
    {
        var operation = graph.OperationOf(k);
        var (a, b) = (graph.LeftOf(k), graph.RightOf(k));
        if (operation == Operation.Input)
        {
            first[k] = graph.ClassOf(k) == ClassTable.Input ? k : -1;
            distances[k] = values[k] = (uint)graph.ClassOf(k) + 17;
        }
        else if (operation == Operation.Constant)
        {
            (first[k], distances[k], values[k]) = (-1, 3, (uint)graph.ConstantOf(k).GetHashCode());
        }
        else if (operation == ClassTable.SumOfTerms || (graph.HasLists && operation.IsList))
        {
            first[k] = -1;
            distances[k] = values[k] = 5;
        }
        else
        {
            first[k] = first[a] >= 0 || b < 0 ? first[a] : first[b];
            var distance = b >= 0 && first[a] >= 0 && first[b] >= 0 ? (uint)(first[b] - first[a]) : 0x51ED27u;
            distances[k] = Mix(distances[a], b < 0 ? 0 : distances[b], distance);
            values[k] = Mix(values[a], b < 0 ? 0 : values[b], distance);
        }
    }

    static uint Mix(uint a, uint b, uint c)
    {
        var hash = (a * 0x9E3779B1u) ^ ((b + 0x165667B1u) * 0x85EBCA77u) ^ (c * 0xC2B2AE3Du);
        return (hash ^ (hash >> 15)) * 0x2C1B3C6Du;
    }

    static bool AreAlike(ReadOnlySpan<int> members, uint[] hashes)
    {
        foreach (var k in members)
        {
            if (hashes[k] != hashes[members[0]]) return false;
        }

        return true;
    }

    /// <summary>
    /// Counts patterns; true where two or a few more hold all but a few of the members. They are then first in keys, the others'
    /// counts 0.
    /// </summary>
    bool Count(ReadOnlySpan<int> members, uint[] hashes)
    {
        var count = 0;
        foreach (var k in members)
        {
            var pattern = keys.AsSpan(0, count).IndexOf(hashes[k]);
            if (pattern < 0)
            {
                if (count == keys.Length) return false;
                (pattern, keys[count], counts[count]) = (count, hashes[k], 0);
                count++;
            }

            counts[pattern]++;
        }

        var (large, strays) = (0, 0);
        for (var pattern = 0; pattern < count; pattern++)
        {
            if (counts[pattern] < LoopShape.ShortestVector) strays += counts[pattern];
            else keys[large++] = keys[pattern];
        }

        counts.AsSpan(large).Clear();
        return large is >= 2 and <= MostPatterns && strays <= MostStrays;
    }

    /// <summary>
    /// True where a good part of the members have the same first inputs as others: otherwise each pattern is a part of one vector.
    /// </summary>
    bool MeetAtInputs(ReadOnlySpan<int> members, int stamp)
    {
        var again = 0;
        foreach (var k in members)
        {
            if (first[k] < 0) continue;
            if (seen[first[k]] == stamp) again++;
            seen[first[k]] = stamp;
        }

        return again >= members.Length / 4;
    }

    void Number(ReadOnlySpan<int> members, uint[] hashes, int[] numbers)
    {
        var large = counts.AsSpan().IndexOf(0);
        Span<int> next = stackalloc int[MostPatterns]; // the pattern that last followed each one
        next.Clear();
        var before = 0;
        foreach (var k in members)
        {
            var pattern = keys.AsSpan(0, large).IndexOf(hashes[k]);
            if (pattern < 0) pattern = next[before]; // a stray goes where the order of recording would have it
            else next[before] = pattern;
            before = pattern;
            if (graph.OriginOf(k) >= 0) numbers[graph.OriginOf(k)] = pattern + 1;
        }
    }
}
