using System.Buffers;

namespace PhysOpt.Tracing;

/// <summary>
/// A Jacobian or Hessian computed by as few directional derivatives as its sparsity pattern allows, and only in the entries that can differ from
/// zero. Griewank and Walther (2008), sections 8.1 to 8.3; Gebremedhin, Manne and Pothen (2005). A dense matrix is the case of one colour for each column.
/// </summary>
/// <remarks>
/// One graph holds all directions, which share the function and each other's parts, as long as it stays below about a million nodes; the seeds
/// are then part of the structure, and a zero in them meets no infinity. Beyond, one graph for a direction is evaluated colour by colour, where
/// a slope that is infinite makes NaN of the entries that share an operation with it.
/// </remarks>
internal sealed class CompressedDerivative
{
    const long LargestGraph = 1_000_000;

    readonly Entry[] entries; // sorted by colour
    readonly Graph graph; // of all directions, or of one
    readonly TieredRunner runner;
    readonly int[]? seedColours; // where directions are evaluated one by one: the colour of each component of the seed
    readonly bool isSymmetric;

    /// <summary>An entry of the matrix, and where it is found: in which direction, at which place of the directional derivative.</summary>
    internal readonly record struct Entry(int Row, int Column, int Colour, int Place);

    /// <summary>A directional derivative for one colour, node for node; -1 where it is zero.</summary>
    delegate int[] Sweep(GraphBuilder g, int[] nodes, int count, int colour);

    CompressedDerivative(
        Graph f, int rows, int columns, int[] colours, IEnumerable<Entry> entries, Sweep sweep, Func<Graph> direction, bool isSymmetric, long largestGraph)
    {
        (RowCount, ColumnCount, ColourCount, this.isSymmetric) = (rows, columns, colours.Length == 0 ? 0 : colours.Max() + 1, isSymmetric);
        this.entries = [.. entries.OrderBy(entry => entry.Colour)];
        if (ColourCount > 1 && (long)ColourCount * f.Count > largestGraph) seedColours = colours;
        graph = seedColours is null ? AllDirections(f, sweep) : direction();
        runner = ProgramRunner.For(graph);
    }

    internal int RowCount { get; }

    internal int ColumnCount { get; }

    /// <summary>The number of directional derivatives.</summary>
    internal int ColourCount { get; }

    /// <summary>The entries that can differ from zero; of a symmetric matrix those of the lower half.</summary>
    internal IReadOnlyList<Entry> Entries => entries;

    /// <summary>How the entries are computed.</summary>
    internal ProgramShape Shape => ProgramShape.Of(graph, Vectoriser.Roll(graph));

    /// <summary>The Jacobian of f, m by n, by forward or reverse mode, whichever needs fewer directions.</summary>
    internal static CompressedDerivative Jacobian(Graph f, long largestGraph = LargestGraph)
    {
        var (m, n) = (f.Outputs.Count, f.InputCount);
        var rows = Sparsity.Of(f, n);
        var ofColumns = Colouring.Columns(rows, n);
        var ofRows = Colouring.Columns(Sparsity.Transpose(rows, n), m);
        return ofColumns.Append(-1).Max() <= ofRows.Append(-1).Max()
            ? new(f, m, n, ofColumns, rows.SelectMany((row, i) => row.Select(j => new Entry(i, j, ofColumns[j], i))),
                (g, nodes, count, colour) => ForwardSweep(f, g, nodes, count, ofColumns, colour), () => Differentiation.JacobianVector(f, n), false, largestGraph)
            : new(f, m, n, ofRows, rows.SelectMany((row, i) => row.Select(j => new Entry(i, j, ofRows[i], j))),
                (g, nodes, count, colour) => ReverseSweep(f, g, nodes, count, ofRows, colour), () => Differentiation.VectorJacobian(f), false, largestGraph);
    }

    /// <summary>The Hessian whose gradient is given, n by n, the first n inputs being the variables; forward over reverse.</summary>
    internal static CompressedDerivative Hessian(Graph gradient, long largestGraph = LargestGraph)
    {
        var n = gradient.Outputs.Count;
        var rows = Sparsity.Symmetrised(Sparsity.Of(gradient, n));
        var colours = Colouring.Star(rows);
        return new(gradient, n, n, colours, LowerEntries(rows, colours),
            (g, nodes, count, colour) => ForwardSweep(gradient, g, nodes, count, colours, colour), () => Differentiation.JacobianVector(gradient, n), true, largestGraph);
    }

    /// <summary>The values of <see cref="Entries"/>.</summary>
    /// <param name="at">The inputs of the graph.</param>
    /// <param name="values">Receives one number for each entry.</param>
    internal void Evaluate(ReadOnlySpan<double> at, Span<double> values)
    {
        if (seedColours is null)
        {
            runner.Evaluate(at, values);
            return;
        }

        var rented = ArrayPool<double>.Shared.Rent(runner.InputCount + runner.OutputCount);
        var inputs = rented.AsSpan(0, runner.InputCount);
        var derivative = rented.AsSpan(runner.InputCount, runner.OutputCount);
        at.CopyTo(inputs);
        for (int colour = 0, e = 0; colour < ColourCount; colour++)
        {
            for (var i = 0; i < seedColours.Length; i++) inputs[at.Length + i] = seedColours[i] == colour ? 1 : 0;
            runner.Evaluate(inputs, derivative);
            for (; e < entries.Length && entries[e].Colour == colour; e++) values[e] = derivative[entries[e].Place];
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>The whole matrix, times a factor.</summary>
    internal Matrix ToMatrix(ReadOnlySpan<double> at, double factor = 1)
    {
        var rented = ArrayPool<double>.Shared.Rent(entries.Length);
        var values = rented.AsSpan(0, entries.Length);
        Evaluate(at, values);
        var byColumns = new double[RowCount * ColumnCount];
        for (var e = 0; e < entries.Length; e++)
        {
            var (row, column, _, _) = entries[e];
            byColumns[column * RowCount + row] = factor * values[e];
            if (isSymmetric) byColumns[row * RowCount + column] = factor * values[e];
        }

        ArrayPool<double>.Shared.Return(rented);
        return Matrix.Wrap(RowCount, ColumnCount, byColumns);
    }

    Graph AllDirections(Graph f, Sweep sweep)
    {
        var g = Differentiation.Extended(f, 0, out var nodes);
        var count = g.Count;
        var outputs = new List<int>(entries.Length);
        for (var colour = 0; colour < ColourCount; colour++)
        {
            var derivative = sweep(g, nodes, count, colour);
            while (outputs.Count < entries.Length && entries[outputs.Count].Colour == colour)
            {
                var node = derivative[entries[outputs.Count].Place];
                outputs.Add(node < 0 ? g.Constant(0) : node);
            }
        }

        return g.ToGraph(outputs, []);
    }

    /// <summary>The derivatives of the outputs in the direction of all inputs of one colour.</summary>
    static int[] ForwardSweep(Graph f, GraphBuilder g, int[] nodes, int count, int[] colours, int colour)
    {
        var one = g.Constant(1);
        int[] seeds = [.. Enumerable.Range(0, f.InputCount).Select(i => i < colours.Length && colours[i] == colour ? one : -1)];
        var tangents = Differentiation.Tangents(g, count, seeds);
        return [.. f.Outputs.Select(output => tangents[nodes[output]])];
    }

    /// <summary>The derivatives to the inputs of the sum of all outputs of one colour.</summary>
    static int[] ReverseSweep(Graph f, GraphBuilder g, int[] nodes, int count, int[] colours, int colour)
    {
        int[] outputs = [.. f.Outputs.Where((_, i) => colours[i] == colour).Select(output => nodes[output])];
        var seeds = new int[outputs.Length];
        Array.Fill(seeds, g.Constant(1));
        return Differentiation.Adjoints(g, count, outputs, seeds);
    }

    /// <summary>Each entry of the lower half, from its own row where it stands alone among its colour there, otherwise from its mirror image's.</summary>
    static IEnumerable<Entry> LowerEntries(int[][] rows, int[] colours)
    {
        var seen = new int[rows.Length]; // how often each colour occurs in the row at hand
        var alone = rows.Select(row =>
        {
            foreach (var j in row) seen[colours[j]]++;
            bool[] result = [.. row.Select(j => seen[colours[j]] == 1)];
            foreach (var j in row) seen[colours[j]] = 0;
            return result;
        }).ToArray();

        for (var i = 0; i < rows.Length; i++)
        {
            for (var k = 0; k < rows[i].Length && rows[i][k] <= i; k++)
            {
                var j = rows[i][k];
                yield return alone[i][k] ? new(i, j, colours[j], i) : new(i, j, colours[i], j);
            }
        }
    }
}
