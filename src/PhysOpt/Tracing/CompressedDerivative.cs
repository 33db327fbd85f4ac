using System.Buffers;
using PhysOpt.LinearAlgebra;
using PhysOpt.Tracing.Compiling;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tracing;

/// <summary>
/// The numbers of a <see cref="CompressedGraph"/>: a Jacobian or Hessian from as few directional derivatives as its pattern allows.
/// </summary>
internal sealed class CompressedDerivative
{
    readonly CompressedGraph form;
    readonly CompressedGraph.Entry[] entries;
    readonly TieredRunner runner;
    int[]? places; // of the entries in a sparse matrix

    CompressedDerivative(CompressedGraph form) => (this.form, entries, runner) = (form, form.Entries, ProgramRunner.For(form.Graph));

    internal int RowCount => form.RowCount;

    internal int ColumnCount => form.ColumnCount;

    /// <inheritdoc cref="CompressedGraph.ColourCount"/>
    internal int ColourCount => form.ColourCount;

    /// <inheritdoc cref="CompressedGraph.Entries"/>
    internal IReadOnlyList<CompressedGraph.Entry> Entries => entries;

    /// <summary>How the entries are computed.</summary>
    internal ProgramShape Shape => ProgramShape.Of(form.Graph, Vectoriser.Roll(form.Graph));

    /// <inheritdoc cref="CompressedGraph.Jacobian"/>
    internal static CompressedDerivative Jacobian(
        Graph f, int[][]? pattern = null, long largestGraph = CompressedGraph.LargestGraph) =>
        new(CompressedGraph.Jacobian(f, pattern, largestGraph));

    /// <inheritdoc cref="CompressedGraph.Hessian"/>
    internal static CompressedDerivative Hessian(Graph gradient, long largestGraph = CompressedGraph.LargestGraph) =>
        new(CompressedGraph.Hessian(gradient, largestGraph));

    /// <summary>The values of <see cref="Entries"/>.</summary>
    /// <param name="at">The inputs of the graph.</param>
    /// <param name="values">Receives one number for each entry.</param>
    internal void Evaluate(ReadOnlySpan<double> at, Span<double> values)
    {
        if (form.SeedColours is not { } seedColours)
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

    /// <summary>The matrix without its zeros.</summary>
    /// <param name="at">The inputs of the graph.</param>
    /// <param name="pattern">Where the entries are.</param>
    internal SparseMatrix ToSparse(ReadOnlySpan<double> at, SparsePattern pattern)
    {
        places ??= [.. entries.Select(entry => pattern.Place(entry.Row, entry.Column))];
        var rented = ArrayPool<double>.Shared.Rent(entries.Length);
        Evaluate(at, rented.AsSpan(0, entries.Length));
        var values = new double[entries.Length];
        for (var e = 0; e < values.Length; e++) values[places[e]] = rented[e];
        ArrayPool<double>.Shared.Return(rented);
        return new(pattern, values);
    }

    /// <summary>The whole matrix, times a factor.</summary>
    internal Matrix ToMatrix(ReadOnlySpan<double> at, double factor = 1)
    {
        var rented = ArrayPool<double>.Shared.Rent(entries.Length);
        var values = rented.AsSpan(0, entries.Length);
        Evaluate(at, values);
        var byColumns = new double[RowCount * ColumnCount];
        for (var e = 0; e < values.Length; e++)
        {
            var (row, column, _, _) = entries[e];
            byColumns[column * RowCount + row] = factor * values[e];
            if (form.IsSymmetric) byColumns[row * RowCount + column] = factor * values[e];
        }

        ArrayPool<double>.Shared.Return(rented);
        return Matrix.Wrap(RowCount, ColumnCount, byColumns);
    }
}
