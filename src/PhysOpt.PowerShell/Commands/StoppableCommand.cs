using System.Management.Automation;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Calling;

namespace PhysOpt.PowerShell.Commands;

/// <summary>A cmdlet whose work can be stopped, and which reports the errors of the numerics as PowerShell expects them.</summary>
public abstract class StoppableCommand : PSCmdlet, IDisposable
{
    readonly CancellationTokenSource stopping = new();

    /// <summary>Asks the work to stop.</summary>
    private protected CancellationToken StopToken => stopping.Token;

    /// <summary>True where the user gave the parameter.</summary>
    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <inheritdoc/>
    protected override void StopProcessing() => stopping.Cancel();

    /// <summary>
    /// Does a piece of work. What fails in it becomes an error of this piece: it does not stop the pieces that follow in a pipeline,
    /// while unusable parameters without a pipeline end the statement.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="target">What it is about, for the error.</param>
    private protected void Attempt(Action work, object? target)
    {
        try
        {
            CallListeners.Work(this, work);
        }
        catch (ProblemException exception) when (MyInvocation.ExpectingInput)
        {
            WriteError(Errors.From(exception, target));
        }
        catch (ProblemException exception)
        {
            ThrowTerminatingError(Errors.From(exception, target));
        }
        catch (EvaluationException exception)
        {
            WriteError(Errors.From(exception));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>
    /// Ends the command where nothing can be made of what stands on the command line, so that no object of the pipeline has a place.
    /// </summary>
    /// <param name="given">A <see cref="StartingPoint"/>; null where there is none on the command line.</param>
    private protected void CheckGiven(object? given)
    {
        if (!MyInvocation.ExpectingInput || given is not StartingPoint start) return;
        try
        {
            start.Check();
        }
        catch (ProblemException exception)
        {
            ThrowTerminatingError(Errors.From(exception, start.Target));
        }
    }

    /// <summary>Frees what the cmdlet holds; PowerShell calls it.</summary>
    public void Dispose()
    {
        stopping.Dispose();
        GC.SuppressFinalize(this);
    }
}
