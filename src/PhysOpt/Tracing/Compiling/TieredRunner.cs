using System.Runtime.CompilerServices;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Tracing.Compiling;

/// <summary>
/// Runs a program by the interpreter at first, and as machine code once the evaluations so far have cost about what compiling
/// costs: then at
/// most twice of what the better choice would have cost is lost, however many evaluations follow. The bits are the same.
/// </summary>
internal sealed class TieredRunner : IProgramRunner
{
    readonly LoopProgram program;
    readonly IProgramRunner interpreter;
    readonly Lock gate = new();
    readonly WeakReference<TieredRunner> self;
    readonly long threshold; // evaluations by the interpreter
    long count;
    volatile CompiledProgram? compiled;

    /// <param name="program">What is computed.</param>
    /// <param name="interpreter">Computes it until it is compiled, and after that fails.</param>
    internal TieredRunner(LoopProgram program, IProgramRunner interpreter)
    {
        (this.program, this.interpreter) = (program, interpreter);
        self = new(this);
        CompileQueue.Prepare();
        threshold = 1 + (long)(RunCost.OfCompiling(program) / RunCost.OfInterpreting(program));
    }

    /// <inheritdoc/>
    public int InputCount => program.InputCount;

    /// <inheritdoc/>
    public int OutputCount => program.OutputCount;

    /// <summary>True once evaluations run machine code.</summary>
    internal bool IsCompiled => compiled is not null;

    /// <summary>Why the program could not be compiled, if so.</summary>
    internal Exception? Failure { get; private set; }

    /// <summary>After so many evaluations the program is compiled in the background.</summary>
    internal long Threshold => threshold;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> values)
    {
        if (compiled is { } code) code.Evaluate(x, values);
        else Interpret(x, values);
    }

    /// <summary>Compiles the program on this thread, if it has not been; it may fail.</summary>
    internal void CompileNow()
    {
        lock (gate)
        {
            if (compiled is not null || Failure is not null) return;
            try
            {
                compiled = LoopCompiler.Compile(program);
            }
            catch (Exception failure)
            {
                Failure = failure;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Interpret(ReadOnlySpan<double> x, Span<double> values)
    {
        interpreter.Evaluate(x, values);
        if (Interlocked.Increment(ref count) == threshold) CompileQueue.Add(self);
    }
}
