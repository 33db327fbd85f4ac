using System.Runtime.CompilerServices;
using PhysOpt.Functions;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tracing.Running;

/// <summary>Runs a program as it stands: straight code one operation after the other, loops in blocks by vector instructions.</summary>
/// <remarks>Immutable; any number of threads may evaluate it at once, each in its own <see cref="EvaluationMemory"/>.</remarks>
internal sealed unsafe class LoopInterpreter : IProgramRunner
{
    const int Block = LoopPlan.BlockLength;
    const int Width = VectorLoop.Width;
    const int SpaceCount = (int)Space.Register + 1;

    readonly LoopProgram program;
    readonly object[] steps; // StraightOperation[], LoopPlan or Scattering
    readonly int sumCount; // the most in one loop
    readonly int blockCount;

    internal LoopInterpreter(LoopProgram program)
    {
        this.program = program;
        steps = new object[program.Steps.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            if (program.Steps[i] is Loop loop)
            {
                var plan = new LoopPlan(loop);
                (sumCount, blockCount) = (System.Math.Max(sumCount, plan.Sums.Length), System.Math.Max(blockCount, plan.BlockCount));
                steps[i] = plan;
            }
            else
            {
                steps[i] = program.Steps[i] is Straight straight ? straight.Code.ToArray() : program.Steps[i];
            }
        }
    }

    /// <inheritdoc/>
    public int InputCount => program.InputCount;

    /// <inheritdoc/>
    public int OutputCount => program.OutputCount;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> values)
    {
        if (x.Length != InputCount)
            throw new ArgumentException($"The function takes {Plural.Of(InputCount, "number")}, not {x.Length}.", nameof(x));
        if (values.Length != OutputCount)
            throw new ArgumentException($"The function has {Plural.Of(OutputCount, "output")}, not {values.Length}.", nameof(values));

        var copied = x.Overlaps(values) ? x.Length : 0;
        var fixedCount = program.WorkCount + (2 + sumCount) * Width + copied;
        var workspace = EvaluationMemory.OfThread(fixedCount + Width + blockCount * Block);
        if (copied > 0) x.CopyTo(workspace.AsSpan(fixedCount - copied));
        fixed (double* input = x, output = values, constants = program.Constants, work = workspace)
        {
            var spaces = stackalloc double*[SpaceCount];
            spaces[(int)Space.Input] = copied > 0 ? work + fixedCount - copied : input;
            spaces[(int)Space.Constant] = constants;
            spaces[(int)Space.Work] = work;
            spaces[(int)Space.Output] = output;
            spaces[(int)Space.Register] = (double*)(((nint)(work + fixedCount) + 63) & ~63); // whole cache lines
            foreach (var step in steps)
            {
                if (step is StraightOperation[] code) Run(code, spaces);
                else if (step is Scattering scattering) Run(scattering, spaces);
                else Run(Unsafe.As<LoopPlan>(step), spaces, work + program.WorkCount);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a run is often over before the runtime would find out that this loop is hot
    static void Run(StraightOperation[] code, double** spaces)
    {
        var copy = Operation.Input;
        foreach (ref readonly var step in code.AsSpan())
        {
            var (a, b) = (spaces[(int)step.A.Space][step.A.Index], spaces[(int)step.B.Space][step.B.Index]);
            ref var target = ref spaces[(int)step.Target.Space][step.Target.Index];
            target = step.Operation == copy ? a : Shortcuts.Evaluate(step.Operation, a, b);
        }
    }

    /// <param name="plan">The loop.</param>
    /// <param name="spaces">Where the spaces start; that of registers is the blocks.</param>
    /// <param name="scratch">Eight numbers for each operand of an operation, then eight for each sum.</param>
    static void Run(LoopPlan plan, double** spaces, double* scratch)
    {
        var partialSums = scratch + 2 * Width;
        new Span<double>(partialSums, plan.Sums.Length * Width).Fill(-0.0);
        for (var start = 0; start < plan.Length; start += Block)
        {
            var count = System.Math.Min(Block, plan.Length - start);
            foreach (ref readonly var operation in plan.Code.AsSpan())
            {
                var target = Locate(operation.Target, spaces, start);
                if (operation.Operation == Operation.Input)
                {
                    Load(operation.A, spaces, start, target, count);
                    continue;
                }

                var b = Operand(operation.B, spaces, start, scratch + Width, out var stepB);
                if (operation.Length > 0)
                {
                    Look(operation, spaces, start, target, b, stepB / Width, count);
                    continue;
                }

                var a = Operand(operation.A, spaces, start, scratch, out var stepA);
                operation.Operation.Evaluate(target, a, stepA, b, stepB, count);
            }

            foreach (ref readonly var store in plan.Stores.AsSpan())
                Save(Locate(store.Source, spaces, start), store.Target, spaces, start, count);
            for (var i = 0; i < plan.Sums.Length; i++)
            {
                var source = plan.Sums[i].Source;
                var terms = scratch;
                nint step = Width;
                if (LoopPlan.IsReachable(source)) terms = Operand(source, spaces, start, scratch, out step);
                else Load(source, spaces, start, terms = spaces[(int)Space.Register] + plan.SumBlock * Block, count);
                VectorLoop.Accumulate(partialSums + i * Width, terms, step, count);
            }
        }

        for (var i = 0; i < plan.Sums.Length; i++)
        {
            var s = partialSums + i * Width;
            var target = plan.Sums[i].Target;
            spaces[(int)target.Space][target.Index] = ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
        }
    }

    /// <summary>Reads one number after the other of the lists of some turns.</summary>
    static void Look(
        in LoopPlan.BlockOperation operation, double** spaces, int start, double* target, double* indices, nint step, int count)
    {
        var from = spaces[(int)operation.A.Space];
        for (var k = 0; k < count; k++, indices += step)
        {
            var list = new ReadOnlySpan<double>(from + LoopProgramCheck.PlaceOf(operation.A, start + k), operation.Length);
            target[k] = operation.Operation.Evaluate(list, *indices);
        }
    }

    static void Run(Scattering scattering, double** spaces)
    {
        ref var list = ref spaces[(int)scattering.List.Space][scattering.List.Index];
        new Span<double>(Unsafe.AsPointer(ref list), scattering.Length).Clear();
        foreach (var (count, terms, indices) in scattering.Parts)
        {
            ScatterOperation.AddTerms(
                ref list, scattering.Length, ref spaces[(int)terms.Space][terms.Offset], terms.Stride,
                ref spaces[(int)indices.Space][indices.Offset], indices.Stride, count);
        }
    }

    /// <summary>Where the numbers of a block or slice are from a turn on.</summary>
    static double* Locate(in Access access, double** spaces, int start) =>
        access.Space == Space.Register ? spaces[(int)Space.Register] + access.Offset * Block
            : spaces[(int)access.Space] + access.Offset + start;

    static double* Operand(in Access access, double** spaces, int start, double* scratch, out nint step)
    {
        step = Width;
        if (access.Space == Space.Register || access.Stride == 1) return Locate(access, spaces, start);
        step = 0;
        new Span<double>(scratch, Width).Fill(spaces[(int)access.Space][access.Offset]);
        return scratch;
    }

    static void Load(in Access access, double** spaces, int start, double* target, int count)
    {
        if (access.Space == Space.Register || (access.Indices is null && access.Stride == 1))
        {
            new ReadOnlySpan<double>(Locate(access, spaces, start), count).CopyTo(new(target, count));
        }
        else if (access.Indices is { } indices)
        {
            var from = spaces[(int)access.Space];
            for (var k = 0; k < count; k++) target[k] = from[indices[start + k]];
        }
        else
        {
            var from = spaces[(int)access.Space] + access.Offset + (nint)start * access.Stride;
            for (var k = 0; k < count; k++, from += access.Stride) target[k] = *from;
        }
    }

    static void Save(double* source, in Access access, double** spaces, int start, int count)
    {
        if (access.Indices is { } indices)
        {
            var to = spaces[(int)access.Space];
            for (var k = 0; k < count; k++) to[indices[start + k]] = source[k];
            return;
        }

        var place = spaces[(int)access.Space] + access.Offset + (nint)start * access.Stride;
        for (var k = 0; k < count; k++, place += access.Stride) *place = source[k];
    }
}
