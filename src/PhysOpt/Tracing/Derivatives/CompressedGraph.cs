using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tracing.Derivatives;

/// <summary>
/// The graph of a Jacobian or Hessian: as few directional derivatives as its sparsity pattern allows, and only the entries that can
/// differ from
/// zero. Griewank and Walther (2008), sections 8.1 to 8.3; Gebremedhin, Manne and Pothen (2005). A dense matrix is the case of one
/// colour for each column.
/// </summary>
/// <remarks>
/// One graph holds all directions, which share the function and each other's parts, as long as it stays below about a million
/// nodes; the seeds
/// are then part of the structure, and a zero in them meets no infinity. Beyond, one graph for a direction is evaluated colour by
/// colour, where
/// a slope that is infinite makes NaN of the entries that share an operation with it.
/// </remarks>
internal sealed class CompressedGraph
{
    internal const long LargestGraph = 1_000_000;

    /// <summary>An entry of the matrix, and where it is found: in which direction, at which place of the directional derivative.</summary>
    internal readonly record struct Entry(int Row, int Column, int Colour, int Place);

    /// <summary>A directional derivative for one colour, node for node; -1 where it is zero.</summary>
    delegate int[] Sweep(GraphBuilder g, int[] nodes, int count, int colour);

    CompressedGraph(
        Graph f, int rows, int columns, int[] colours, IEnumerable<Entry> entries, Sweep sweep, Func<Graph> direction, bool isSymmetric,
        long largestGraph)
    {
        (RowCount, ColumnCount, ColourCount, IsSymmetric) = (rows, columns, colours.Length == 0 ? 0 : colours.Max() + 1, isSymmetric);
        Entries = [.. entries.OrderBy(entry => entry.Colour)];
        if (ColourCount > 1 && (long)ColourCount * f.Count > largestGraph) SeedColours = colours;
        Graph = SeedColours is null ? AllDirections(f, sweep) : direction();
    }

    internal int RowCount { get; }

    internal int ColumnCount { get; }

    /// <summary>The number of directional derivatives.</summary>
    internal int ColourCount { get; }

    /// <summary>True where the entries are those of the lower half of a symmetric matrix.</summary>
    internal bool IsSymmetric { get; }

    /// <summary>The entries that can differ from zero, colour by colour; of a symmetric matrix those of the lower half.</summary>
    internal Entry[] Entries { get; }

    /// <summary>
    /// From the inputs to the entries; or, where there are seed colours, from the inputs and a direction to the derivative in that
    /// direction.
    /// </summary>
    internal Graph Graph { get; }

    /// <summary>
    /// The colour of each component of the direction where directions are evaluated one by one; null where the graph holds them
    /// all.
    /// </summary>
    internal int[]? SeedColours { get; }

    /// <summary>The Jacobian of f, m by n, by forward or reverse mode, whichever needs fewer directions.</summary>
    /// <param name="f">f.</param>
    /// <param name="pattern">The columns of each row, where they are known.</param>
    /// <param name="largestGraph">How many nodes there may be.</param>
    internal static CompressedGraph Jacobian(Graph f, int[][]? pattern = null, long largestGraph = LargestGraph)
    {
        var (m, n) = (f.Outputs.Count, f.InputCount);
        var rows = pattern ?? Sparsity.Of(f, n);
        var ofColumns = Colouring.Columns(rows, n);
        var ofRows = Colouring.Columns(Sparsity.Transpose(rows, n), m);
        return ofColumns.Append(-1).Max() <= ofRows.Append(-1).Max()
            ? new(f, m, n, ofColumns, rows.SelectMany((row, i) => row.Select(j => new Entry(i, j, ofColumns[j], i))),
                (g, nodes, count, colour) => ForwardSweep(f, g, nodes, count, ofColumns, colour),
                () => Differentiation.JacobianVector(f, n), false, largestGraph)
            : new(f, m, n, ofRows, rows.SelectMany((row, i) => row.Select(j => new Entry(i, j, ofRows[i], j))),
                (g, nodes, count, colour) => ReverseSweep(f, g, nodes, count, ofRows, colour),
                () => Differentiation.VectorJacobian(f), false, largestGraph);
    }

    /// <summary>The Hessian whose gradient is given, n by n, the first n inputs being the variables; forward over reverse.</summary>
    internal static CompressedGraph Hessian(Graph gradient, long largestGraph = LargestGraph)
    {
        var n = gradient.Outputs.Count;
        var rows = Sparsity.Symmetrised(Sparsity.Of(gradient, n));
        var colours = Colouring.Star(rows);
        return new(gradient, n, n, colours, LowerEntries(rows, colours),
            (g, nodes, count, colour) => ForwardSweep(gradient, g, nodes, count, colours, colour),
            () => Differentiation.JacobianVector(gradient, n), true, largestGraph);
    }

    Graph AllDirections(Graph f, Sweep sweep)
    {
        var g = Differentiation.Extended(f, 0, out var nodes);
        var count = g.Count;
        var outputs = new List<int>(Entries.Length);
        for (var colour = 0; colour < ColourCount; colour++)
        {
            var derivative = sweep(g, nodes, count, colour);
            while (outputs.Count < Entries.Length && Entries[outputs.Count].Colour == colour)
            {
                var node = derivative[Entries[outputs.Count].Place];
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

    /// <summary>
    /// Each entry of the lower half, from its own row where it stands alone among its colour there, otherwise from its mirror
    /// image's.
    /// </summary>
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
