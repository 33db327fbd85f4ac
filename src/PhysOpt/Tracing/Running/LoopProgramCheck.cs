using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tracing.Running;

/// <summary>
/// Whether a <see cref="LoopProgram"/> keeps its word. Compiled code looks at no index any more: what is wrong must be found here.
/// </summary>
internal sealed class LoopProgramCheck
{
    /// <summary>Places are byte offsets of 32 bits.</summary>
    const int LargestCount = int.MaxValue / sizeof(double);

    readonly LoopProgram program;
    readonly bool[] workDefined;
    readonly bool[] outputDefined;
    readonly int[] workTurns; // of the loop at hand: which turn writes here, plus one
    readonly int[] outputTurns;

    LoopProgramCheck(LoopProgram program)
    {
        this.program = program;
        foreach (var space in (ReadOnlySpan<Space>)[Space.Input, Space.Constant, Space.Work, Space.Output])
        {
            if (Count(space) is < 0 or > LargestCount) throw Inconsistent($"{Count(space)} numbers in {space}");
        }

        (workDefined, outputDefined) = (new bool[program.WorkCount], new bool[program.OutputCount]);
        (workTurns, outputTurns) = (new int[program.WorkCount], new int[program.OutputCount]);
    }

    /// <exception cref="ArgumentException">
    /// The program reads what it has not written, writes an output twice or never, leaves a space, or has a loop whose turns depend
    /// on one another.
    /// </exception>
    internal static void Validate(LoopProgram program)
    {
        var check = new LoopProgramCheck(program);
        foreach (var step in program.Steps)
        {
            if (step is Loop loop) check.Visit(loop);
            else if (step is Scattering scattering) check.Visit(scattering);
            else check.Visit((Straight)step);
        }

        var missing = Array.IndexOf(check.outputDefined, false);
        if (missing >= 0) throw Inconsistent($"output {missing} is never written");
    }

    /// <summary>Where in its space an access finds the number of a turn.</summary>
    internal static int PlaceOf(in Access access, int turn) =>
        access.Indices is null ? access.Offset + turn * access.Stride : access.Indices[turn];

    void Visit(Straight straight)
    {
        foreach (var (operation, target, a, b) in straight.Code)
        {
            if (!IsOfNumbers(operation)) throw Inconsistent("an operation that computes nothing");
            Read(a.Space, a.Index);
            if (operation.IsBinary) Read(b.Space, b.Index);
            Write(target.Space, target.Index);
        }
    }

    void Visit(Loop loop)
    {
        if (loop.Length <= 0) throw Inconsistent($"a loop of {loop.Length} turns");
        var written = new bool[loop.RegisterCount];
        foreach (var (register, target) in loop.Stores)
        {
            if (target.Indices?.Length < loop.Length) throw Inconsistent("fewer indices than turns");
            for (var k = 0; k < loop.Length; k++)
            {
                ref var turn = ref Turn(target.Space, PlaceOf(target, k));
                if (turn != 0 && turn != k + 1) throw Inconsistent($"turns {turn - 1} and {k} store in one place");
                turn = k + 1;
            }
        }

        foreach (var (operation, target, a, b, length) in loop.Body)
        {
            if (operation.ReadsList ? length <= 0 || a.Space == Space.Register : length != 0 || !IsOfNumbers(operation))
                throw Inconsistent("an operation that computes nothing");
            if (length == 0) Read(loop, written, a);
            else ReadLists(loop, a, length);
            if (operation.IsBinary) Read(loop, written, b);
            if ((uint)target >= (uint)written.Length || written[target])
                throw Inconsistent($"register {target} is written twice, or is none");
            written[target] = true;
        }

        foreach (var sum in loop.Sums) Read(loop, written, sum.Source);
        foreach (var (register, target) in loop.Stores)
        {
            if ((uint)register >= (uint)written.Length || !written[register])
                throw Inconsistent($"register {register} is stored and never written");
            for (var k = 0; k < loop.Length; k++)
            {
                Turn(target.Space, PlaceOf(target, k)) = 0;
                Write(target.Space, PlaceOf(target, k));
            }
        }

        foreach (var sum in loop.Sums) Write(sum.Target.Space, sum.Target.Index);
    }

    void Visit(Scattering scattering)
    {
        foreach (var (count, terms, indices) in scattering.Parts)
        {
            foreach (var access in (ReadOnlySpan<Access>)[terms, indices])
            {
                if (access.Indices is not null) throw Inconsistent("terms that lie scattered");
                for (var k = 0; k < count; k++) Read(access.Space, PlaceOf(access, k));
            }
        }

        for (var k = 0; k < scattering.Length; k++) Write(scattering.List.Space, scattering.List.Index + k);
    }

    /// <summary>All of the lists may be read in each turn, so that none of them may be written in any.</summary>
    void ReadLists(Loop loop, Access starts, int length)
    {
        if (starts.Indices?.Length < loop.Length) throw Inconsistent("fewer indices than turns");
        var isWritten = starts.Space is Space.Work or Space.Output;
        foreach (var start in Enumerable.Range(0, loop.Length).Select(turn => PlaceOf(starts, turn)).Distinct())
        {
            for (var index = start; index < start + length; index++)
            {
                Read(starts.Space, index);
                if (isWritten && Turn(starts.Space, index) != 0) throw Inconsistent("a list is read while it is written");
            }
        }
    }

    static bool IsOfNumbers(Operation operation) =>
        operation != Operation.Constant && operation is { ReadsList: false, IsList: false };

    void Read(Loop loop, bool[] written, Access access)
    {
        if (access.Space == Space.Register)
        {
            if ((uint)access.Offset >= (uint)written.Length || !written[access.Offset])
                throw Inconsistent($"register {access.Offset} is read and not written");
            return;
        }

        if (access.Indices?.Length < loop.Length) throw Inconsistent("fewer indices than turns");
        var isWritten = access.Space is Space.Work or Space.Output;
        for (var k = 0; k < loop.Length; k++)
        {
            var index = PlaceOf(access, k);
            Read(access.Space, index);
            if (isWritten && Turn(access.Space, index) is var turn && turn != 0 && turn != k + 1)
                throw Inconsistent($"turn {k} reads what turn {turn - 1} writes");
        }
    }

    void Read(Space space, int index)
    {
        if ((uint)index >= (uint)Count(space)) throw Inconsistent($"{space} {index} does not exist");
        if (space == Space.Work && !workDefined[index]) throw Inconsistent($"{space} {index} is read and not written");
        if (space == Space.Output && !outputDefined[index]) throw Inconsistent($"{space} {index} is read and not written");
    }

    void Write(Space space, int index)
    {
        if (space is not (Space.Work or Space.Output) || (uint)index >= (uint)Count(space))
            throw Inconsistent($"{space} {index} cannot be written");
        if (space == Space.Output && outputDefined[index]) throw Inconsistent($"output {index} is written twice");
        (space == Space.Work ? workDefined : outputDefined)[index] = true;
    }

    ref int Turn(Space space, int index)
    {
        if (space is not (Space.Work or Space.Output) || (uint)index >= (uint)Count(space))
            throw Inconsistent($"{space} {index} cannot be written");
        return ref (space == Space.Work ? workTurns : outputTurns)[index];
    }

    int Count(Space space) => space switch
    {
        Space.Input => program.InputCount,
        Space.Constant => program.Constants.Length,
        Space.Work => program.WorkCount,
        Space.Output => program.OutputCount,
        _ => 0,
    };

    static ArgumentException Inconsistent(string what) => new($"The program is inconsistent: {what}.");
}
