using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PhysOpt.Functions;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Tracing.Compiling;

/// <summary>
/// A program as machine code. Immutable; any number of threads may evaluate it at once. An evaluation allocates nothing, but on a
/// thread's first use.
/// </summary>
internal sealed class CompiledProgram : IProgramRunner
{
    readonly ProgramPart first;
    readonly ProgramPart[] others;
    readonly int workCount;

    /// <param name="program">What it computes.</param>
    /// <param name="workCount">The working memory that the methods use, which may be none.</param>
    /// <param name="parts">The methods, in order; at least one.</param>
    internal CompiledProgram(LoopProgram program, int workCount, ReadOnlySpan<ProgramPart> parts)
    {
        (InputCount, OutputCount, this.workCount) = (program.InputCount, program.OutputCount, workCount);
        (first, others) = (parts[0], parts[1..].ToArray());
    }

    /// <inheritdoc/>
    public int InputCount { get; }

    /// <inheritdoc/>
    public int OutputCount { get; }

    /// <summary>The number of methods.</summary>
    internal int PartCount => 1 + others.Length;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> values)
    {
        if (x.Length != InputCount || values.Length != OutputCount) ThrowLengths(x, values);
        if (x.Overlaps(values))
        {
            EvaluateCopy(x, values);
            return;
        }

        ref var work = ref Unsafe.NullRef<double>();
        if (workCount > 0) work = ref MemoryMarshal.GetArrayDataReference(EvaluationMemory.OfThread(workCount));
        first(ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(values), ref work);
        if (others.Length > 0) EvaluateOthers(ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(values), ref work);
    }

    void EvaluateOthers(ref double x, ref double values, ref double work)
    {
        foreach (var part in others) part(ref x, ref values, ref work);
    }

    /// <summary>The results would overwrite x while it is read: a copy beside the working memory is read instead.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    void EvaluateCopy(ReadOnlySpan<double> x, Span<double> values)
    {
        var memory = EvaluationMemory.OfThread(workCount + x.Length);
        x.CopyTo(memory.AsSpan(workCount));
        ref var work = ref MemoryMarshal.GetArrayDataReference(memory);
        ref var copy = ref Unsafe.Add(ref work, workCount);
        first(ref copy, ref MemoryMarshal.GetReference(values), ref work);
        EvaluateOthers(ref copy, ref MemoryMarshal.GetReference(values), ref work);
    }

    void ThrowLengths(ReadOnlySpan<double> x, ReadOnlySpan<double> values)
    {
        if (x.Length != InputCount)
            throw new ArgumentException($"The function takes {Plural.Of(InputCount, "number")}, not {x.Length}.", nameof(x));
        throw new ArgumentException($"The function has {Plural.Of(OutputCount, "output")}, not {values.Length}.", nameof(values));
    }
}
