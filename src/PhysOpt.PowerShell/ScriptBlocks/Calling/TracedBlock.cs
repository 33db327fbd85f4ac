using System.Diagnostics;
using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// A script block as a recorded function. It is recorded again where its comparisons turn out differently, and when a variable that it
/// takes from its surroundings changes. Where that fails, it continues as the block itself, without derivatives.
/// </summary>
internal sealed class TracedBlock : IRecordedMap, ILocallyDifferentiableMap, IValueAndGradientMap, ISparseJacobianMap,
    IConfirmableMap, IExplainedMap
{
    readonly ScriptBlock block;
    readonly ScriptBlockCall untouched;
    readonly TimeSpan recordingTime;
    readonly CallListeners listeners = new();
    readonly BlockConfirmations confirmations;
    BlockTracer tracer;
    TraceRefusedException? lost;
    int recordings;

    /// <summary>Records a block.</summary>
    /// <exception cref="TraceRefusedException">It cannot be recorded.</exception>
    /// <exception cref="EvaluationException">The block fails at the point.</exception>
    internal TracedBlock(ScriptBlock block, ScriptBlockCall untouched, Vector at, Action<string>? explain)
    {
        (this.block, this.untouched, Explain) = (block, untouched, explain);
        confirmations = BlockConfirmations.Of(block);
        var clock = Stopwatch.StartNew();
        tracer = new(block, untouched);
        Function = Recorded(at, tracer);
        recordingTime = clock.Elapsed;
    }

    /// <summary>Is told what becomes of the record: the command that runs the block now.</summary>
    internal Action<string>? Explain
    {
        get => listeners.Current;
        set => listeners.Current = value;
    }

    /// <inheritdoc/>
    public TracedFunction Function { get; private set; }

    /// <summary>The variables that the record holds as constants.</summary>
    internal WatchedVariables Captured => tracer.Captured;

    /// <summary>Why the record was given up; null as long as it is used.</summary>
    internal TraceRefusedException? Lost => lost;

    /// <inheritdoc/>
    public Vector Evaluate(Vector x)
    {
        if (!IsCurrent(x)) return untouched.Invoke(x);
        try
        {
            return Function.Evaluate(x);
        }
        catch (Exception exception) when (Refusal(exception) is not null)
        {
            return InPlaceOf(Refusal(exception)!, x);
        }
    }

    /// <inheritdoc/>
    public bool IsDifferentiableAt(Vector x)
    {
        if (!IsCurrent(x)) return false;
        try
        {
            return Function.GraphAt(x) is not null;
        }
        catch (Exception exception) when (Refusal(exception) is not null)
        {
            _ = InPlaceOf(Refusal(exception)!, x);
            return false;
        }
        catch (EvaluationException)
        {
            return false; // the block fails in this branch, as its value will say
        }
    }

    /// <inheritdoc/>
    public int RecordingCount => recordings + Function.RecordingCount;

    /// <inheritdoc/>
    public bool RunsInPlaceAt(Vector x) => IsDifferentiableAt(x);

    /// <inheritdoc/>
    public ValueConfirmation Confirm(Vector x)
    {
        if (!RunsInPlaceAt(x)) return default; // the block itself has answered there
        var traced = Function.Evaluate(x);
        try
        {
            var plain = EvaluateItself(x);
            if (TraceCheck.Contradiction(traced.AsSpan(), x, plain, () => Function.GraphAt(x)) is { } refusal)
            {
                GiveUp(refusal.Reason);
                return new(plain, refusal.Reason);
            }

            confirmations.Note(Confirmation.Value, x);
            return new(plain, null);
        }
        catch (EvaluationException) when (!traced.IsFinite)
        {
            return default; // neither has a value there
        }
        catch (EvaluationException failure)
        {
            var why = $"It fails at {PointWords.Place(x, "G6")}, where its trace has a value: {failure.Message.TrimEnd('.')}";
            GiveUp(why);
            return new(null, why);
        }
    }

    /// <inheritdoc/>
    public Vector EvaluateItself(Vector x)
    {
        confirmations.Called();
        return untouched.Invoke(x);
    }

    /// <inheritdoc/>
    public void NoteSlope(Vector x) => confirmations.Note(Confirmation.Slope, x);

    /// <inheritdoc/>
    public void GiveUp(string why)
    {
        confirmations.Clear();
        lost = new(why) { IsContradiction = true };
    }

    /// <inheritdoc/>
    public string? WhyNotDifferentiable => lost?.Message;

    /// <inheritdoc/>
    public Matrix Jacobian(Vector x, Vector y) => Function.Jacobian(x, y);

    /// <inheritdoc/>
    bool ISparseJacobianMap.IsSparseAt(Vector x) => IsDifferentiableAt(x) && ((ISparseJacobianMap)Function).IsSparseAt(x);

    /// <inheritdoc/>
    SparseMatrix? ISparseJacobianMap.SparseJacobian(Vector x) => ((ISparseJacobianMap)Function).SparseJacobian(x);

    /// <inheritdoc/>
    public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => Function.VectorJacobianProduct(x, y, w);

    /// <inheritdoc/>
    public (double Value, Vector Gradient) ValueAndGradient(Vector x) => Function.ValueAndGradient(x);

    /// <inheritdoc/>
    public Matrix WeightedHessian(Vector x, Vector y, Vector w) => Function.WeightedHessian(x, y, w);

    /// <inheritdoc/>
    public Vector HessianVectorProduct(Vector x, Vector w, Vector v) => Function.HessianVectorProduct(x, w, v);

    /// <inheritdoc/>
    public Culprit? NotFinite(Vector x) => Diagnosed(diagnosis => diagnosis.NotFinite(x));

    /// <inheritdoc/>
    public Culprit? NoSlope(Vector x) => Diagnosed(diagnosis => diagnosis.NoSlope(x));

    /// <inheritdoc/>
    public Culprit? Between(Vector x, Vector neighbour) => Diagnosed(diagnosis => diagnosis.Between(x, neighbour));

    /// <summary>A walk for an explanation, in the session of the thread that asks for it.</summary>
    Culprit? Diagnosed(Func<BlockDiagnosis, Culprit?> ask)
    {
        if (lost is not null) return null;
        using var here = untouched.Sessions.Enter();
        return ask(new(here.Block, untouched, new(new BlockSource(here.Block))));
    }

    /// <summary>What is known of the record.</summary>
    internal FunctionTrace Report(string role, Vector at)
    {
        var (shape, latest) = (Function.Shape, confirmations.Latest);
        return new()
        {
            Role = role,
            At = at,
            IsTraced = true,
            OutputCount = Function.OutputCount,
            Operations = shape.Operations,
            Loops = shape.Loops,
            VectorOperations = shape.LoopOperations + shape.Sums,
            ScalarOperations = shape.StraightOperations,
            Guards = Function.GraphAt(at).Guards.Count,
            Branches = Function.BranchCount,
            Captured = [.. Captured.Names],
            Runs = shape.Loops == 0 ? "as straight code" : "as loops of vector instructions",
            Confirmation = latest?.What ?? Confirmation.None,
            ConfirmedAt = latest?.At,
            Confirmations = confirmations.Calls,
            RecordingTime = recordingTime,
        };
    }

    /// <summary>The block's text.</summary>
    public override string ToString() => untouched.ToString();

    TracedFunction Recorded(Vector at, BlockTracer record) => new(record.Record(at), x => Branch(record, x));

    /// <summary>A branch may be entered on any thread; the block is called in the session of that.</summary>
    TracedBranch Branch(BlockTracer record, Vector x)
    {
        using var here = untouched.Sessions.Enter();
        return ReferenceEquals(here.Block, block) ? record.Record(x) : new BlockTracer(here.Block, untouched).Record(x);
    }

    /// <summary>False once the record was given up; before, it is made anew when a captured variable was given another value.</summary>
    bool IsCurrent(Vector x)
    {
        if (lost is not null) return false;
        if (!tracer.Captured.MayHaveChanged()) return true;
        if (!tracer.Captured.IsHere) return false; // its own session records it again
        try
        {
            var (anew, before) = (new BlockTracer(block, untouched), Function.RecordingCount);
            Function = Recorded(x, anew); // where the block fails at x, all stays as it is
            tracer = anew;
            recordings += before + 1;
            Explain?.Invoke($"Recorded again, for a variable has changed: " +
                $"{string.Join(", ", tracer.Captured.Names.Select(name => "$" + name))}.");
            return true;
        }
        catch (TraceRefusedException refusal)
        {
            Lose(refusal);
            return false;
        }
    }

    /// <summary>Why a branch has no record: it was refused, or it does not repeat; null for errors of the user's own.</summary>
    static TraceRefusedException? Refusal(Exception exception) => exception switch
    {
        TraceRefusedException refusal => refusal,
        EvaluationException { ErrorId: var id } when id.StartsWith("Trace", StringComparison.Ordinal) =>
            new(exception.Message.TrimEnd('.'), null, exception),
        _ => null,
    };

    /// <summary>
    /// The block's own value where it cannot be recorded: for this point only where it has none to speak of, otherwise from now on.
    /// </summary>
    Vector InPlaceOf(TraceRefusedException refusal, Vector x)
    {
        var value = untouched.Invoke(x);
        if (value.IsFinite) Lose(refusal);
        return value;
    }

    void Lose(TraceRefusedException refusal)
    {
        lost = refusal;
        Explain?.Invoke($"The trace is given up: {refusal.Message} From here on the block itself is called and derivatives are finite " +
            $"differences.");
    }
}
