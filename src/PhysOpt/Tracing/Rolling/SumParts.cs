using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tracing.Rolling;

/// <summary>The terms of one long sum, sorted by class and sign.</summary>
internal sealed class SumParts
{
    readonly Dictionary<int, int> groupOf = [];
    readonly List<int> counts = [];
    readonly List<int> all = []; // as Rest

    /// <summary>The additions in the order of evaluation.</summary>
    internal List<int> Additions { get; } = [];

    /// <summary>The terms of all groups, one after the other.</summary>
    internal int[] Terms { get; private set; } = [];

    /// <summary>Terms of one class and sign that are many enough, those that are added first; where they start in Terms.</summary>
    internal List<Group> Groups { get; } = [];

    /// <summary>The other terms in their order: the nodes, where they are subtracted their complements.</summary>
    internal List<int> Rest { get; } = [];

    /// <summary>Terms of one class and sign.</summary>
    internal sealed record Group(int Class, bool Negative, int Start, int Count);

    /// <summary>The node of a term.</summary>
    internal static int NodeOf(int term) => term < 0 ? ~term : term;

    /// <param name="graph">The graph.</param>
    /// <param name="sums">Its long sums.</param>
    /// <param name="whole">One of them.</param>
    /// <param name="names">The new names of the nodes.</param>
    /// <param name="classes">The class of each node by its new name.</param>
    internal void Collect(Graph graph, LongSums sums, int whole, int[] names, int[] classes)
    {
        ListTerms(graph, sums, whole, names);
        groupOf.Clear();
        counts.Clear();
        foreach (var term in all) counts[GroupOf(classes[NodeOf(term)], term < 0)]++;

        Groups.Clear();
        var start = 0;
        foreach (var (key, group) in groupOf)
        {
            if (counts[group] < LongSums.FewestTerms)
            {
                counts[group] = -1;
                continue;
            }

            Groups.Add(new(key >> 1, (key & 1) == 1, start, counts[group]));
            (counts[group], start) = (start, start + counts[group]);
        }

        // an order that does not depend on which term came first, so that sums alike are of one class
        Groups.Sort((one, other) => one.Negative == other.Negative ? one.Class - other.Class : one.Negative ? 1 : -1);
        if (Terms.Length < start) Terms = new int[System.Math.Max(start, 2 * Terms.Length)];
        Rest.Clear();
        foreach (var term in all)
        {
            var group = GroupOf(classes[NodeOf(term)], term < 0);
            if (counts[group] < 0) Rest.Add(term);
            else Terms[counts[group]++] = NodeOf(term);
        }
    }

    int GroupOf(int nodeClass, bool negative)
    {
        var key = 2 * nodeClass + (negative ? 1 : 0);
        if (groupOf.TryGetValue(key, out var group)) return group;
        groupOf.Add(key, counts.Count);
        counts.Add(0);
        return counts.Count - 1;
    }

    void ListTerms(Graph graph, LongSums sums, int whole, int[] names)
    {
        sums.Additions(whole, Additions);
        all.Clear();
        var negative = false;
        foreach (var addition in Additions)
        {
            var (operation, a, b) = graph[addition];
            var accumulator = sums.Accumulator(addition);
            var rightIsNegative = negative ^ (operation.SignInSum < 0);
            if (accumulator != b) all.Add(rightIsNegative ? ~names[b] : names[b]);
            if (accumulator != a) all.Add(negative ? ~names[a] : names[a]);
            if (accumulator == b) negative = rightIsNegative;
        }

        all.Reverse();
        Additions.Reverse();
    }
}
