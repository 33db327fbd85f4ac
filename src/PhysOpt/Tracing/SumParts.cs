namespace PhysOpt.Tracing;

/// <summary>The terms of one long sum, sorted by class and sign.</summary>
internal sealed class SumParts
{
    readonly Dictionary<int, int> groupOf = [];
    readonly List<int> counts = [];
    readonly List<(int Node, bool Negative)> all = [];

    /// <summary>The additions in the order of evaluation.</summary>
    internal List<int> Additions { get; } = [];

    /// <summary>The terms of all groups, one after the other.</summary>
    internal int[] Terms { get; private set; } = [];

    /// <summary>Terms of one class and sign that are many enough, those that are added first; where they start in Terms.</summary>
    internal List<(int Class, bool Negative, int Start, int Count)> Groups { get; } = [];

    /// <summary>The other terms in their order.</summary>
    internal List<(int Node, bool Negative)> Rest { get; } = [];

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
        foreach (var (node, negative) in all) counts[GroupOf(classes[node], negative)]++;

        Groups.Clear();
        var start = 0;
        foreach (var (key, group) in groupOf)
        {
            if (counts[group] < LongSums.FewestTerms)
            {
                counts[group] = -1;
                continue;
            }

            Groups.Add((key >> 1, (key & 1) == 1, start, counts[group]));
            (counts[group], start) = (start, start + counts[group]);
        }

        // an order that does not depend on which term came first, so that sums alike are of one class
        Groups.Sort((one, other) => (one.Negative, one.Class).CompareTo((other.Negative, other.Class)));
        if (Terms.Length < start) Terms = new int[System.Math.Max(start, 2 * Terms.Length)];
        Rest.Clear();
        foreach (var term in all)
        {
            var group = GroupOf(classes[term.Node], term.Negative);
            if (counts[group] < 0) Rest.Add(term);
            else Terms[counts[group]++] = term.Node;
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
            var rightIsNegative = negative ^ (operation == Operation.Subtract);
            if (accumulator != b) all.Add((names[b], rightIsNegative));
            if (accumulator != a) all.Add((names[a], negative));
            if (accumulator == b) negative = rightIsNegative;
        }

        all.Reverse();
        Additions.Reverse();
    }
}
