using PhysOpt.Tracing.Numbers;
using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Recording;

/// <summary>
/// Records what a function of n numbers does with them at one point x: hand out <see cref="Inputs"/>, let the function compute, and
/// <see cref="Finish"/> with what it returned. For one thread and one use.
/// </summary>
internal sealed class Recorder : IRecorder
{
    /// <summary>A recording of more nodes than this ends in an exception.</summary>
    internal const int DefaultLimit = 2_000_000;

    /// <summary>So many lists are remembered.</summary>
    const int MostLists = 4;

    readonly GraphBuilder builder;
    readonly List<double> values = []; // of the nodes, at the traced point
    readonly List<Guard> guards = [];
    readonly HashSet<(int, int, bool)> compared = [];
    readonly List<(object?[] Elements, int List)> lists = [];
    readonly List<int> gathers = [];

    /// <summary>Opens a recording.</summary>
    /// <param name="x">The point, n numbers.</param>
    /// <param name="limit">The largest number of nodes.</param>
    internal Recorder(ReadOnlySpan<double> x, int limit = DefaultLimit)
    {
        builder = new(x.Length, limit);
        values.AddRange(x);
        Inputs = [.. Enumerable.Range(0, x.Length).Select(i => new TracedNumber(this, i, values[i]))];
    }

    /// <inheritdoc/>
    public bool IsOpen { get; private set; } = true;

    /// <summary>The n inputs: what to call the function with.</summary>
    internal TracedNumber[] Inputs { get; }

    /// <summary>The number of nodes so far.</summary>
    internal int Count => builder.Count;

    /// <summary>The nodes so far.</summary>
    internal Nodes Nodes => builder;

    /// <summary>Is told of each new node and comparison, for whoever wants to know where they come from; null for nobody.</summary>
    internal Action? Noted { get; set; }

    /// <summary>The value of a node at the traced point; NaN for a list.</summary>
    internal double ValueOf(int node) => values[node];

    /// <summary>The comparisons made so far.</summary>
    internal IReadOnlyList<Guard> Guards => guards;

    /// <summary>A traced number that is a constant.</summary>
    internal TracedNumber Constant(double value) => At(builder.Constant(value));

    /// <inheritdoc/>
    public TracedNumber Apply(Operation operation, Operand a, Operand? b = null) =>
        At(builder.Apply(operation, NodeOf(a), b is null ? -1 : NodeOf(b.Value)));

    /// <inheritdoc/>
    public int Compare(Operand a, Operand b)
    {
        var (left, right) = (NodeOf(a), NodeOf(b));
        var sign = a.Value.CompareTo(b.Value);
        Watch(left, right, sign < 0 ? Relation.Less : sign > 0 ? Relation.Greater : Relation.Equal);
        return sign;
    }

    /// <inheritdoc/>
    public bool AreEqual(Operand a, Operand b)
    {
        var (left, right) = (NodeOf(a), NodeOf(b));
        var answer = a.Value == b.Value;
        Watch(left, right, answer ? Relation.Equal : Relation.Unequal);
        return answer;
    }

    /// <inheritdoc/>
    public TracedNumber Gather(IReadOnlyList<object?> elements, TracedNumber index)
    {
        var at = NodeOf(index);
        if (!Operation.Gather.IsInside(elements.Count, index.Value)) throw TracingException.Outside(index.Value, elements.Count);
        var element = At(builder.Apply(Operation.Gather, ListOf(elements), at));
        gathers.Add(element.Node);
        return element;
    }

    /// <summary>Ends the recording.</summary>
    /// <param name="outputs">What the function returned: traced numbers of this recording and plain numbers.</param>
    /// <returns>The function as a graph, with its guards.</returns>
    /// <exception cref="TracingException">An output is something else, or the recording has ended already.</exception>
    internal Graph Finish(IReadOnlyList<object?> outputs)
    {
        if (!IsOpen) throw TracingException.Escaped();
        int[] nodes = [.. outputs.Select(output =>
            Operand.TryFrom(output, out var number) ? NodeOf(number) : throw TracingException.NotNumber(output))];
        IsOpen = false;
        WatchUnused(nodes);
        return builder.ToGraph(nodes, guards);
    }

    /// <summary>
    /// An element that nothing is computed from is looked up all the same: where its index leaves the list there is none, as the script
    /// may have asked.
    /// </summary>
    void WatchUnused(int[] outputs)
    {
        if (gathers.Count == 0) return;
        var needed = builder.Needed(outputs, guards);
        foreach (var element in gathers)
        {
            if (needed[element] == 0) Watch(element, element, double.IsNaN(values[element]) ? Relation.Unequal : Relation.Equal);
        }
    }

    /// <summary>True once text was made of a number: where it goes, no record can follow.</summary>
    internal bool WasShown { get; private set; }

    /// <inheritdoc/>
    public string Sketch(int node)
    {
        WasShown = true;
        return ExpressionSketch.Of(builder, node);
    }

    /// <summary>The node of a list. What is looked up once is looked up again, so that the last few are known by their elements.</summary>
    int ListOf(IReadOnlyList<object?> elements)
    {
        foreach (var (known, list) in lists)
        {
            if (AreSame(known, elements)) return list;
        }

        var objects = new object?[elements.Count];
        var nodes = new int[elements.Count];
        for (var k = 0; k < nodes.Length; k++)
        {
            objects[k] = elements[k];
            nodes[k] = Operand.TryFrom(objects[k], out var element) ? NodeOf(element) : throw TracingException.NotNumber(objects[k]);
        }

        if (lists.Count == MostLists) lists.RemoveAt(0);
        lists.Add((objects, builder.Apply(Operation.List, nodes, nodes.Length)));
        return lists[^1].List;
    }

    static bool AreSame(object?[] known, IReadOnlyList<object?> elements)
    {
        if (known.Length != elements.Count) return false;
        for (var k = 0; k < known.Length; k++)
        {
            if (!ReferenceEquals(known[k], elements[k])) return false;
        }

        return true;
    }

    void Watch(int left, int right, Relation relation)
    {
        if (builder.IsConstant(left) && builder.IsConstant(right)) return;
        if (!compared.Add((left, right, relation == Relation.Unequal))) return;
        guards.Add(new(left, right, relation));
        Noted?.Invoke();
    }

    int NodeOf(Operand operand)
    {
        if (!IsOpen) throw TracingException.Escaped();
        if (operand.Traced is null) return builder.Constant(operand.Value);
        if (operand.Recorder == this) return operand.Traced.Node;
        throw operand.Recorder!.IsOpen ? TracingException.Foreign() : TracingException.Escaped();
    }

    /// <summary>The traced number of a node; its value is that of the very operations in the graph.</summary>
    TracedNumber At(int node)
    {
        for (var k = values.Count; k < builder.Count; k++)
        {
            var (operation, a, b) = builder[k];
            values.Add(operation == Operation.Constant ? builder.ConstantOf(k)
                : operation.IsList ? double.NaN // is none
                : operation.ReadsList ? values[builder.OperandsOf(a)[GatherOperation.PlaceOf(values[b], builder.LengthOf(a))]]
                : Shortcuts.Evaluate(operation, values[a], b < 0 ? 0 : values[b]));
        }

        Noted?.Invoke();
        return new(this, node, values[node]);
    }
}
