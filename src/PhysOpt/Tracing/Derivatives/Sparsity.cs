using System.Numerics;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tracing.Derivatives;

/// <summary>Which entries of a Jacobian can differ from zero: the columns of each row, ascending.</summary>
internal static class Sparsity
{
    /// <summary>The pattern of the Jacobian of a graph's outputs to its first so many inputs.</summary>
    internal static int[][] Of(Graph f, int columns) => Of(f, columns, long.MaxValue)!;

    /// <summary>The pattern of the Jacobian of a graph's outputs to its first so many inputs; null where it has too many entries.
    /// </summary>
    /// <remarks>
    /// Index domains of 64 inputs at a time as bit masks, one pass over the graph for each 64: exact up to cancellation and to
    /// slopes that happen to vanish. Griewank and Walther (2008), section 7.1.
    /// </remarks>
    internal static int[][]? Of(Graph f, int columns, long most)
    {
        var count = 0L;
        var rows = new List<int>[f.Outputs.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = [];
        var masks = new ulong[f.Count];
        for (var block = 0; block < columns; block += 64)
        {
            for (var k = 0; k < masks.Length; k++) masks[k] = Mask(f, masks, k, block, columns);
            for (var i = 0; i < rows.Length; i++)
            {
                for (var mask = masks[f.Outputs[i]]; mask != 0; mask &= mask - 1)
                    rows[i].Add(block + BitOperations.TrailingZeroCount(mask));
                count += BitOperations.PopCount(masks[f.Outputs[i]]);
            }

            if (count > most) return null;
        }

        return [.. rows.Select(row => row.ToArray())];
    }

    /// <summary>The rows of each column, ascending.</summary>
    internal static int[][] Transpose(int[][] rows, int columns)
    {
        var transpose = new List<int>[columns];
        for (var j = 0; j < columns; j++) transpose[j] = [];
        for (var i = 0; i < rows.Length; i++)
        {
            foreach (var j in rows[i]) transpose[j].Add(i);
        }

        return [.. transpose.Select(column => column.ToArray())];
    }

    /// <summary>The pattern of A + A' + I, for a square A.</summary>
    internal static int[][] Symmetrised(int[][] rows)
    {
        var transpose = Transpose(rows, rows.Length);
        return [.. rows.Select((row, i) => row.Union(transpose[i]).Append(i).Distinct().Order().ToArray())];
    }

    static ulong Mask(Graph f, ulong[] masks, int k, int block, int columns)
    {
        var (operation, a, b) = f[k];
        if (operation == Operation.Input) return a >= block && a < block + 64 && a < columns ? 1UL << (a - block) : 0;
        if (operation.IsList)
        {
            var union = 0UL;
            var operands = f.OperandsOf(k);
            foreach (var operand in operands[..operation.PlacesFrom(operands.Length)]) union |= masks[operand];
            return union;
        }

        return (operation.IsDifferentiable(0) ? masks[a] : 0) | (operation.IsDifferentiable(1) ? masks[b] : 0);
    }
}
