using PhysOpt.Functions;
using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Recording;

/// <summary>
/// A function from R^n to R^m as a list of operations in an order of evaluation, each on the results of earlier ones (static single
/// assignment). Immutable, without duplicates and without operations that nothing needs. Griewank and Walther (2008), section 2.2.
/// </summary>
/// <remarks>Nodes 0 to n - 1 are the inputs. Made by <see cref="GraphBuilder.ToGraph"/>.</remarks>
internal sealed class Graph
{
    readonly byte[] operations; // their codes
    readonly int[] left;
    readonly int[] right;
    readonly double[] constants;
    readonly Nodes.ListEntry[] lists;
    readonly Lazy<bool[]?> exact;
    readonly Lazy<int[]> unsure;

    internal Graph(
        int inputCount, byte[] operations, int[] left, int[] right, double[] constants, Nodes.ListEntry[] lists, int[] outputs,
        Guard[] guards)
    {
        (InputCount, this.operations, this.left, this.right, this.constants, this.lists, Outputs, Guards) =
            (inputCount, operations, left, right, constants, lists, outputs, guards);
        (exact, unsure) = (new(FindExact), new(FindUnsureReaders));
    }

    /// <summary>n.</summary>
    internal int InputCount { get; }

    /// <summary>The number of nodes, inputs and constants included.</summary>
    internal int Count => operations.Length;

    /// <summary>The number of operations: nodes that are neither inputs nor constants nor lists.</summary>
    internal int OperationCount => operations.Count(code => Operation.Of(code) is { IsLeaf: false, IsList: false });

    /// <summary>True where there are lists.</summary>
    internal bool HasLists => lists.Length > 0;

    /// <summary>
    /// The nodes that read a list at an index that is not known beforehand to be one of it: at points where it is not, the record does
    /// not hold. An index that is NaN makes NaN.
    /// </summary>
    internal IReadOnlyList<int> UnsureReaders => unsure.Value;

    /// <summary>The nodes that are the function's value, m of them; one node may be several outputs.</summary>
    internal IReadOnlyList<int> Outputs { get; }

    /// <summary>The comparisons on which the trace rests, in the order in which they were made.</summary>
    internal IReadOnlyList<Guard> Guards { get; }

    /// <inheritdoc cref="Nodes.this"/>
    internal (Operation Operation, int A, int B) this[int node] => (Operation.Of(operations[node]), left[node], right[node]);

    /// <inheritdoc cref="Nodes.OperandsOf"/>
    internal ReadOnlySpan<int> OperandsOf(int list) => lists[left[list]].Operands;

    /// <inheritdoc cref="Nodes.LengthOf"/>
    internal int LengthOf(int list) => lists[left[list]].Length;

    /// <summary>The value of a node that is a constant.</summary>
    internal double ConstantOf(int node) => constants[left[node]];

    /// <summary>
    /// True for the nodes that an abrupt operation depends on: whatever runs the graph computes them to the bits of the script, its
    /// order of sums included. Null where there is none.
    /// </summary>
    internal bool[]? Exact => exact.Value;

    /// <summary>
    /// The same function where operations that nothing abrupt depends on have their cheaper forms: it may differ in
    /// last digits. It is what is differentiated and run, where the guards of this one hold; its own may be missing.
    /// </summary>
    internal Graph Cheapened()
    {
        var graph = Guards.Count == 0 || Exact is null ? this : Select(Outputs, keepGuards: false); // what guards alone need is gone
        if (!graph.Kinds().Exists(operation => operation.HasCheaperForm)) return graph;
        var builder = new GraphBuilder(InputCount);
        var nodes = builder.Import(graph, cheapen: true);
        return builder.ToGraph(graph.Outputs.Select(node => nodes[node]), []);
    }

    /// <summary>The same operations with other outputs, and without guards if so wished; what is not needed any more goes.</summary>
    internal Graph Select(IEnumerable<int> outputs, bool keepGuards) => Rebuild(InputCount, [.. outputs], keepGuards ? Guards : []);

    /// <summary>
    /// The values of <paramref name="outer"/> at the values of this graph, outer(this(x)): one graph, common parts shared.
    /// </summary>
    /// <param name="outer">The graph that takes the outputs of this one.</param>
    /// <param name="keepInner">Whether the outputs of this graph come after those of the outer one.</param>
    /// <exception cref="ArgumentException">The outer graph does not have as many inputs as this one has outputs.</exception>
    internal Graph Then(Graph outer, bool keepInner = false)
    {
        if (outer.InputCount != Outputs.Count)
            throw new ArgumentException(
                $"A function of {Plural.Of(outer.InputCount, "number")} cannot take the {Plural.Of(Outputs.Count, "number")} of another.",
                nameof(outer));

        var builder = new GraphBuilder(InputCount);
        var inner = builder.Import(this);
        var composed = builder.Import(outer, [.. Outputs.Select(node => inner[node])]);
        return builder.ToGraph(
            [.. outer.Outputs.Select(node => composed[node]), .. keepInner ? Outputs.Select(node => inner[node]) : []], [.. Renamed(Guards, inner), .. Renamed(outer.Guards, composed)]);
    }

    Graph Rebuild(int inputCount, int[] outputs, IReadOnlyList<Guard> guards)
    {
        var builder = new GraphBuilder(inputCount);
        var nodes = builder.Import(this);
        return builder.ToGraph(outputs.Select(node => nodes[node]), Renamed(guards, nodes));
    }

    /// <summary>The operations that occur, each once.</summary>
    List<Operation> Kinds()
    {
        Span<bool> seen = stackalloc bool[byte.MaxValue + 1];
        seen.Clear();
        List<Operation> kinds = [];
        foreach (var code in operations)
        {
            if (seen[code]) continue;
            seen[code] = true;
            kinds.Add(Operation.Of(code));
        }

        return kinds;
    }

    bool[]? FindExact()
    {
        if (!Kinds().Exists(operation => operation.IsList || operation.IsAbrupt(0) || operation.IsAbrupt(1))) return null;
        bool[]? marks = null;
        for (var k = Count - 1; k >= InputCount; k--)
        {
            var (operation, a, b) = this[k];
            if (operation.IsLeaf) continue;
            var all = marks is not null && marks[k];
            if (operation.IsList)
            {
                var operands = OperandsOf(k);
                foreach (var operand in operands[(all ? 0 : operation.PlacesFrom(operands.Length))..])
                    (marks ??= new bool[Count])[operand] = true;
                continue;
            }

            if (all || operation.IsAbrupt(0)) (marks ??= new bool[Count])[a] = true;
            if (b >= 0 && (all || operation.IsAbrupt(1))) (marks ??= new bool[Count])[b] = true;
        }

        return marks;
    }

    int[] FindUnsureReaders()
    {
        if (!HasLists) return [];
        var extents = new Extent[Count];
        List<int> readers = [];
        for (var k = 0; k < Count; k++)
        {
            var (operation, a, b) = this[k];
            extents[k] = operation == Operation.Constant ? Extent.Of(ConstantOf(k))
                : operation.IsLeaf || operation.IsList ? Extent.Any
                : operation.ExtentOf(extents[a], b < 0 ? Extent.Any : extents[b]);
            if (operation.ReadsList && !extents[b].IsIndexOf(LengthOf(a))) readers.Add(k);
        }

        return [.. readers];
    }

    static IEnumerable<Guard> Renamed(IEnumerable<Guard> guards, int[] nodes) =>
        guards.Select(guard => guard with { Left = nodes[guard.Left], Right = nodes[guard.Right] });
}
