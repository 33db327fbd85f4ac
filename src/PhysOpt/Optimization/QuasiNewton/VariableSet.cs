using System.Numerics;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.QuasiNewton;

/// <summary>
/// A set of variables, a bit for each: eight to a byte, so that eight numbers at a time can be masked. Those of a workspace change, those
/// of curvature pairs do not.
/// </summary>
/// <param name="dimension">n.</param>
internal sealed class VariableSet(int dimension)
{
    readonly byte[] bits = new byte[(dimension + 7) / 8];

    /// <summary>The bits, for whoever makes the set.</summary>
    internal Span<byte> Bits => bits;

    /// <summary>How many variables there are in it.</summary>
    internal int Count
    {
        get
        {
            var count = 0;
            foreach (var each in bits) count += BitOperations.PopCount(each);
            return count;
        }
    }

    /// <summary>The set of all variables.</summary>
    internal static VariableSet All(int dimension)
    {
        var all = new VariableSet(dimension);
        for (var i = 0; i < dimension / 8; i++) all.bits[i] = byte.MaxValue;
        for (var i = dimension / 8 * 8; i < dimension; i++) all.bits[i / 8] |= (byte)(1 << i % 8);
        return all;
    }

    internal VariableSet Copy()
    {
        var copy = new VariableSet(dimension);
        bits.CopyTo(copy.bits, 0);
        return copy;
    }

    /// <summary>True when the variable is in the set.</summary>
    internal bool this[int variable] => (bits[variable / 8] >> variable % 8 & 1) != 0;

    /// <summary>Takes a variable out.</summary>
    internal void Remove(int variable) => bits[variable / 8] &= (byte)~(1 << variable % 8);

    /// <summary>True when the variables are the same.</summary>
    internal bool IsSameAs(VariableSet other) => bits.AsSpan().SequenceEqual(other.bits);

    /// <summary>
    /// The variables that are in one of two sets only; not all of them where there are more than <paramref name="most"/>.
    /// </summary>
    internal List<int> Differences(VariableSet other, int most)
    {
        var found = new List<int>();
        for (var at = 0; at < bits.Length && found.Count <= most; at++)
        {
            for (var rest = bits[at] ^ other.bits[at]; rest != 0; rest &= rest - 1)
                found.Add(8 * at + BitOperations.TrailingZeroCount(rest));
        }

        return found;
    }

    /// <summary>Splits a part of a vector into the components in the set and the others, with zeros in between.</summary>
    /// <param name="part">The part.</param>
    /// <param name="start">Its first variable, a multiple of 8.</param>
    /// <param name="inside">The components in the set; may be the part itself.</param>
    /// <param name="outside">The other ones; empty where nobody wants them.</param>
    internal void Split(ReadOnlySpan<double> part, int start, Span<double> inside, Span<double> outside) =>
        BoxKernel.Split(part, bits.AsSpan(start / 8), inside, outside);
}
