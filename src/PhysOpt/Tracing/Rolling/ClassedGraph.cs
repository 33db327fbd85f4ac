using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tracing.Rolling;

/// <summary>
/// A graph ready to be rolled up: what the outputs need of it, long sums as single nodes, and the class of every node. Nodes of one
/// class do the same
/// with operands of the same classes and never depend on one another, so that a class can be one operation on vectors.
/// </summary>
/// <remarks>
/// Operands that may change places are ordered by class. Nodes 0 to n - 1 are the inputs; operands come before what needs them.
/// </remarks>
internal sealed class ClassedGraph
{
    readonly Graph graph;
    readonly LongSums sums;
    readonly int[]? patterns;
    readonly int[] names; // of the nodes of the graph here; -1 where a node is gone
    readonly byte[] operations; // their codes
    readonly int[] left;
    readonly int[] right;
    readonly int[] classes;
    readonly int[] origins;
    readonly List<int> terms = []; // of all long sums, one after the other
    readonly List<int> sumStarts = [0]; // where the terms of each sum start, and the end
    readonly SumParts parts = new();
    readonly List<Nodes.ListEntry> lists = [];
    readonly SequencePool classSequences = new();
    readonly Dictionary<int[], int> sequenceNumbers = new(ReferenceEqualityComparer.Instance);

    /// <param name="graph">The graph; its guards are no matter.</param>
    /// <param name="uses">How often each node is an operand or output; 0 where it is not needed.</param>
    /// <param name="sums">Its long sums.</param>
    /// <param name="patterns">A number for each node of the graph that sets it apart from others of its class, or null.</param>
    internal ClassedGraph(Graph graph, int[] uses, LongSums sums, int[]? patterns = null)
    {
        (this.graph, this.sums, this.patterns) = (graph, sums, patterns);
        var capacity = graph.Count + graph.Count / 8 + 16; // a long sum takes fewer nodes than it replaces, but for a few
        (operations, left, right, classes, origins) =
            (new byte[capacity], new int[capacity], new int[capacity], new int[capacity], new int[capacity]);
        names = new int[graph.Count];
        Array.Fill(names, -1);
        var (busy, exact, hasLists) = (BusyInputs(graph, uses), graph.Exact, graph.HasLists);
        for (var k = 0; k < names.Length; k++)
        {
            var (operation, a, b) = graph[k];
            if (operation == Operation.Input)
                names[k] = Append(operation, a, -1, uses[k] >= busy ? Classes.Find(operation, k, -1, 0) : ClassTable.Input, k);
            else if (uses[k] == 0 || sums.IsPartial(k)) continue;
            else if (operation == Operation.Constant) names[k] = Append(operation, k, -1, ClassTable.Constant, k);
            else if (hasLists && operation.IsList) names[k] = AppendList(k, operation);
            else if (sums.IsWhole(k)) names[k] = AppendSum(k);
            else names[k] = Append(k, exact is not null && exact[k] ? operation.ByNumber : operation, names[a], b < 0 ? -1 : names[b]);
        }

        (Members, Starts) = ByClass();
    }

    /// <summary>The number of nodes.</summary>
    internal int Count { get; private set; }

    internal int InputCount => graph.InputCount;

    internal bool HasLists => graph.HasLists;

    internal ClassTable Classes { get; } = new();

    /// <summary>The nodes by class, those of one class in the order in which they were recorded.</summary>
    internal int[] Members { get; }

    /// <summary>Where each class starts in <see cref="Members"/>, and the end.</summary>
    internal int[] Starts { get; }

    internal Operation OperationOf(int node) => Operation.Of(operations[node]);

    /// <summary>The first operand; the number of a long sum, of a list, of an input.</summary>
    internal int LeftOf(int node) => left[node];

    /// <summary>The second operand, or -1.</summary>
    internal int RightOf(int node) => right[node];

    internal int ClassOf(int node) => classes[node];

    /// <summary>The node of the graph; -1 for a node that it does not have.</summary>
    internal int OriginOf(int node) => origins[node];

    internal double ConstantOf(int node) => graph.ConstantOf(left[node]);

    /// <summary>The node that a node of the graph became.</summary>
    internal int this[int nodeOfGraph] => names[nodeOfGraph];

    /// <summary>The terms of a node that is a long sum.</summary>
    internal Span<int> TermsOf(int sum) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(terms)[sumStarts[left[sum]]..sumStarts[left[sum] + 1]];

    /// <summary>The operands of a node that is a list.</summary>
    internal ReadOnlySpan<int> OperandsOf(int list) => lists[left[list]].Operands;

    /// <summary>How many numbers a list has.</summary>
    internal int LengthOf(int list) => lists[left[list]].Length;

    /// <summary>
    /// True for lists of constants, or of inputs that lie side by side, which can be read where they are. All lists of the class
    /// are.
    /// </summary>
    internal bool IsInPlace(int listClass)
    {
        if (!Classes.OperationOf(listClass).HoldsOperands) return false;
        foreach (var list in MembersOf(listClass))
        {
            var operands = OperandsOf(list);
            var operation = OperationOf(operands[0]);
            for (var i = 0; i < operands.Length; i++)
            {
                if (OperationOf(operands[i]) != operation || !operation.IsLeaf) return false;
                if (operation == Operation.Input && operands[i] != operands[0] + i) return false;
            }
        }

        return true;
    }

    internal Span<int> MembersOf(int nodeClass) => Members.AsSpan(Starts[nodeClass], Starts[nodeClass + 1] - Starts[nodeClass]);

    /// <summary>
    /// From how many uses on an input is a class of its own: a parameter that stands in every term is no component of a vector.
    /// </summary>
    static int BusyInputs(Graph graph, int[] uses)
    {
        var busy = 0;
        for (var i = 0; i < graph.InputCount; i++)
        {
            if (uses[i] >= LoopShape.ShortestVector) busy++;
        }

        return System.Math.Max(LoopShape.ShortestVector, 4 * busy);
    }

    int Append(int origin, Operation operation, int a, int b)
    {
        var (classA, classB) = (classes[a], b < 0 ? -1 : classes[b]);
        if (operation.IsCommutative && classA > classB) (a, b, classA, classB) = (b, a, classB, classA);
        var pattern = origin < 0 || patterns is null ? 0 : patterns[origin];
        return Append(operation, a, b, Classes.Find(operation, classA, classB, pattern), origin);
    }

    int Append(Operation operation, int a, int b, int nodeClass, int origin)
    {
        (operations[Count], left[Count], right[Count], classes[Count], origins[Count]) = (operation.Code, a, b, nodeClass, origin);
        return Count++;
    }

    /// <summary>Lists are of one class where their operands are, one after the other.</summary>
    int AppendList(int k, Operation operation)
    {
        int[] operands = [.. graph.OperandsOf(k)];
        for (var i = 0; i < operands.Length; i++) operands[i] = names[operands[i]];
        int[] key = [graph.LengthOf(k), .. operands];
        for (var i = 1; i < key.Length; i++) key[i] = classes[key[i]];
        var sequence = classSequences.Find(key);
        if (!sequenceNumbers.TryGetValue(sequence, out var number)) sequenceNumbers[sequence] = number = sequenceNumbers.Count;
        lists.Add(new(operands, graph.LengthOf(k)));
        return Append(operation, lists.Count - 1, -1, Classes.Find(operation, number, -1, 0), k);
    }

    /// <summary>
    /// The sums of all terms of one class and sign, then the difference of these, then the terms that are left, one by one.
    /// </summary>
    int AppendSum(int whole)
    {
        parts.Collect(graph, sums, whole, names, classes);
        if (parts.Groups.Count == 0)
        {
            foreach (var addition in parts.Additions)
            {
                var (operation, a, b) = graph[addition];
                names[addition] = Append(addition, operation, names[a], names[b]);
            }

            return names[whole];
        }

        var total = -1;
        foreach (var group in parts.Groups)
        {
            if (group.Negative && total < 0) total = TakeFirst();
            terms.AddRange(parts.Terms.AsSpan(group.Start, group.Count));
            sumStarts.Add(terms.Count);
            var sum = Append(ClassTable.SumOfTerms, sumStarts.Count - 2, -1, Classes.Find(ClassTable.SumOfTerms, group.Class, -1, 0), -1);
            total = total < 0 ? sum : Append(-1, group.Negative ? Operation.Subtract : Operation.Add, total, sum);
        }

        foreach (var term in parts.Rest) total = Append(-1, term < 0 ? Operation.Subtract : Operation.Add, total, SumParts.NodeOf(term));
        return total;

        int TakeFirst()
        {
            // the first number of a sum is never subtracted, so that there is one
            var first = parts.Rest.FindIndex(term => term >= 0);
            var node = parts.Rest[first];
            parts.Rest.RemoveAt(first);
            return node;
        }
    }

    (int[] Members, int[] Starts) ByClass()
    {
        var starts = new int[Classes.Count + 2];
        for (var k = 0; k < Count; k++) starts[classes[k] + 2]++;
        for (var c = 2; c < starts.Length; c++) starts[c] += starts[c - 1];
        var members = new int[Count];
        for (var k = 0; k < Count; k++) members[starts[classes[k] + 1]++] = k;
        return (members, starts[..^1]);
    }
}
