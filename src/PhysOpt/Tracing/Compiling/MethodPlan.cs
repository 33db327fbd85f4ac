using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Tracing.Compiling;

/// <summary>
/// A program cut into methods that a just-in-time compiler handles well: one looks closely at no more than about a thousand variables of
/// a method, and its time grows faster than the method's length.
/// </summary>
internal static class MethodPlan
{
    /// <summary>Operations in a method. Numbers that later methods need go through memory, so that shorter ones would be slower.</summary>
    internal const int LargestWeight = 500;

    /// <summary>Different numbers in a piece of straight code: results, and what is loaded.</summary>
    const int LargestValueCount = 900;

    /// <summary>The methods, each a list of pieces.</summary>
    internal static IReadOnlyList<IReadOnlyList<Piece>> Of(LoopProgram program)
    {
        Piece[] pieces = [.. program.Steps.SelectMany(Pieces)];
        MarkKept(program, pieces);
        var methods = new List<IReadOnlyList<Piece>>();
        for (var first = 0; first < pieces.Length;)
        {
            var (end, weight) = (first, 0);
            while (end < pieces.Length && (end == first || weight + pieces[end].Weight <= LargestWeight)) weight += pieces[end++].Weight;
            methods.Add(pieces[first..end]);
            first = end;
        }

        return methods;
    }

    static IEnumerable<Piece> Pieces(Step step)
    {
        if (step is Loop loop)
        {
            yield return new LoopPiece(loop);
            yield break;
        }

        if (step is Scattering scattering)
        {
            yield return new ScatterPiece(scattering);
            yield break;
        }

        var code = ((Straight)step).Code;
        var values = new HashSet<Location>();
        for (var first = 0; first < code.Count;)
        {
            var end = first;
            values.Clear();
            while (end < code.Count && end - first < LargestWeight && values.Count <= LargestValueCount - 3)
            {
                values.Add(code[end].A);
                values.Add(code[end].B);
                values.Add(code[end].Target);
                end++;
            }

            yield return new StraightPiece([.. code.Skip(first).Take(end - first)]);
            first = end;
        }
    }

    /// <summary>Marks the results in the working memory that a later piece reads: liveness, from the last piece to the first.</summary>
    static void MarkKept(LoopProgram program, Piece[] pieces)
    {
        var live = new bool[program.WorkCount];
        var lastWriter = new int[program.WorkCount]; // the piece that has been seen to write here, plus one
        for (var p = pieces.Length - 1; p >= 0; p--)
        {
            if (pieces[p] is LoopPiece piece) Pass(piece.Loop, live);
            else if (pieces[p] is ScatterPiece scatter) Pass(scatter.Scattering, live);
            else Pass((StraightPiece)pieces[p], live, lastWriter, p + 1);
        }
    }

    static void Pass(StraightPiece piece, bool[] live, int[] lastWriter, int name)
    {
        for (var j = piece.Code.Length - 1; j >= 0; j--)
        {
            var (operation, target, a, b) = piece.Code[j];
            if (target.Space == Space.Work)
            {
                piece.Kept[j] = live[target.Index] && lastWriter[target.Index] != name; // what the piece itself reads needs no memory
                lastWriter[target.Index] = name;
                live[target.Index] = false;
            }

            if (a.Space == Space.Work) live[a.Index] = true;
            if (operation.IsBinary && b.Space == Space.Work) live[b.Index] = true;
        }
    }

    static void Pass(Loop loop, bool[] live)
    {
        foreach (var sum in loop.Sums)
        {
            if (sum.Target.Space == Space.Work) live[sum.Target.Index] = false;
        }

        foreach (var store in loop.Stores) Mark(loop, live, store.Target, false);
        foreach (var sum in loop.Sums) Mark(loop, live, sum.Source, true);
        foreach (var (operation, _, a, b, _) in loop.Body)
        {
            Mark(loop, live, a, true); // what is in lists was written by loops
            if (operation.IsBinary) Mark(loop, live, b, true);
        }
    }

    static void Pass(Scattering scattering, bool[] live)
    {
        foreach (var (count, terms, indices) in scattering.Parts)
        {
            Mark(count, live, terms, true);
            Mark(count, live, indices, true);
        }
    }

    static void Mark(Loop loop, bool[] live, Access access, bool value) => Mark(loop.Length, live, access, value);

    static void Mark(int turns, bool[] live, Access access, bool value)
    {
        if (access.Space != Space.Work) return;
        for (var k = 0; k < turns; k++) live[LoopProgramCheck.PlaceOf(access, k)] = value;
    }
}

/// <summary>A part of a method.</summary>
/// <param name="Weight">What it costs to compile, in straight operations.</param>
internal abstract record Piece(int Weight)
{
    /// <summary>True where the piece writes into the working memory.</summary>
    internal abstract bool UsesMemory { get; }
}

/// <summary>Some straight code.</summary>
/// <param name="Code">The operations.</param>
internal sealed record StraightPiece(StraightOperation[] Code) : Piece(Code.Length)
{
    /// <summary>For each operation, whether its result in the working memory is needed after the piece.</summary>
    internal bool[] Kept { get; } = new bool[Code.Length];

    /// <inheritdoc/>
    internal override bool UsesMemory => Kept.AsSpan().Contains(true);
}

/// <summary>Sums that are scattered into a list.</summary>
/// <param name="Scattering">They.</param>
internal sealed record ScatterPiece(Scattering Scattering) : Piece(4 * (1 + Scattering.Parts.Count))
{
    /// <inheritdoc/>
    internal override bool UsesMemory => true;
}

/// <summary>A loop; it is compiled twice, for whole vectors and for the turns that are left.</summary>
/// <param name="Loop">The loop.</param>
internal sealed record LoopPiece(Loop Loop) : Piece(2 * (Loop.Body.Count + Loop.Stores.Count + Loop.Sums.Count))
{
    /// <inheritdoc/>
    internal override bool UsesMemory =>
        Loop.Stores.Any(store => store.Target.Space == Space.Work) || Loop.Sums.Any(sum => sum.Target.Space == Space.Work);
}
