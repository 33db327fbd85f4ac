using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Rolling;

/// <summary>
/// A graph made ready to run: straight code on single numbers, and loops over vectors. Immutable; every way of running it computes
/// the same bits.
/// </summary>
/// <remarks>
/// Numbers live in four places (<see cref="Space"/>). A loop keeps what only its own body needs in registers, which are never stored: a
/// runner may hold them in machine registers, or in blocks that stay in cache.
/// </remarks>
/// <param name="InputCount">n.</param>
/// <param name="OutputCount">m.</param>
/// <param name="WorkCount">The size of the working memory, in numbers; nothing in it is defined before it is written.</param>
/// <param name="Constants">The constants, those of one vector side by side.</param>
/// <param name="Steps">What to do, in this order. Together they write every output once.</param>
internal sealed record LoopProgram(int InputCount, int OutputCount, int WorkCount, double[] Constants, IReadOnlyList<Step> Steps);

/// <summary>Where a number lives.</summary>
internal enum Space : byte
{
    /// <summary>x, n numbers, only read.</summary>
    Input,

    /// <summary>The constants of the program, only read.</summary>
    Constant,

    /// <summary>The working memory of one evaluation.</summary>
    Work,

    /// <summary>f(x), m numbers; what has been written may be read again.</summary>
    Output,

    /// <summary>The registers of a loop: Offset is the register's number, and element k is the value of the loop's k-th turn.</summary>
    Register,
}

/// <summary>A number in one of the spaces.</summary>
internal readonly record struct Location(Space Space, int Index);

/// <summary>
/// The numbers that a loop reads or writes, one each turn: turn k at Offset + k Stride, or at Indices[k] where there are indices.
/// </summary>
/// <param name="Space">Where they live. In <see cref="Space.Register"/> the offset is the register's number, and neither stride nor
/// indices count.</param>
/// <param name="Offset">Where the first one is.</param>
/// <param name="Stride">From one turn to the next: 1 for a slice, 0 for one number in every turn, negative for backwards.</param>
/// <param name="Indices">Positions in the space for each turn (a gather; Offset and Stride are then 0), or null.</param>
internal readonly record struct Access(Space Space, int Offset, int Stride, int[]? Indices = null);

/// <summary>A part of a <see cref="LoopProgram"/>.</summary>
internal abstract record Step;

/// <summary>Operations on single numbers, one after the other.</summary>
internal sealed record Straight(IReadOnlyList<StraightOperation> Code) : Step;

/// <summary>Target = a operation b; b is a where there is one operand. A copy is <see cref="Operation.Input"/> of a.</summary>
internal readonly record struct StraightOperation(Operation Operation, Location Target, Location A, Location B);

/// <summary>The same operations for each k below Length: no turn reads what another turn of the same loop writes.</summary>
/// <param name="Length">The number of turns.</param>
/// <param name="Body">In order; register r is written by exactly one operation, before any reads it.</param>
/// <param name="RegisterCount">The number of registers.</param>
/// <param name="Stores">What is kept of the registers.</param>
/// <param name="Sums">Sums over all turns.</param>
internal sealed record Loop(
    int Length, IReadOnlyList<LoopOperation> Body, int RegisterCount, IReadOnlyList<Store> Stores, IReadOnlyList<Sum> Sums) : Step;

/// <summary>Register Target = a operation b; b is a where there is one operand. A load is <see cref="Operation.Input"/> of a.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="Target">The register.</param>
/// <param name="A">The first operand. Of an operation that reads a list: where the list of each turn starts, in no register.</param>
/// <param name="B">The second operand.</param>
/// <param name="Length">How many numbers each list has; 0 where none is read.</param>
internal readonly record struct LoopOperation(Operation Operation, int Target, Access A, Access B, int Length = 0);

/// <summary>Turn k of a register goes to turn k of the target, which is in Work or Output and has no stride of 0.</summary>
internal readonly record struct Store(int Register, Access Target);

/// <summary>
/// A list in the working memory of Length sums from 0.0 on, see <see cref="Operation.Scatter"/>: the terms are added one by one, those
/// of one part after those of the part before.
/// </summary>
internal sealed record Scattering(Location List, int Length, IReadOnlyList<ScatteredTerms> Parts) : Step;

/// <summary>So many terms and the indices at which they are added; slices, or one number for all, and not of registers.</summary>
internal readonly record struct ScatteredTerms(int Count, Access Terms, Access Indices);

/// <summary>
/// The sum of a register (or of what an access reads) over all turns. The order is fixed: turn k is added to the partial sum k mod
/// 8, each of
/// which starts at -0.0, and the eight are added as ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7)).
/// </summary>
internal readonly record struct Sum(Access Source, Location Target);
