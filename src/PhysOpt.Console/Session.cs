using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;
using PhysOpt.Hosting.Terminals;

namespace PhysOpt.Hosting;

/// <summary>How a pipeline ended. Non-terminating errors are <see cref="Completed"/>.</summary>
internal enum Outcome
{
    Completed,
    Failed,
    Stopped,
}

/// <summary>One runspace, one pipeline thread, one pipeline at a time, and the way to stop it.</summary>
/// <remarks>
/// What the user runs goes to Out-Default with its errors merged in, so that errors and output keep their order;
/// Out-Default sends each back to its own stream of the host. Such pipelines are in the engine's history as well: only
/// these leave <c>$?</c> behind, the engine restores it after any other.
/// </remarks>
internal sealed class Session : IDisposable
{
    readonly Runspace runspace;
    readonly Lock gate = new();
    Pipeline? running;
    bool stopping;

    public Session(Terminal terminal)
    {
        Terminal = terminal;
        var state = InitialSessionState.CreateDefault2();
        // where there are execution policies, the engine's own default allows no script at all
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        if (!terminal.AllowsColour)
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        runspace = RunspaceFactory.CreateRunspace(new ConsoleHost(this), state);
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
    }

    public Terminal Terminal { get; }

    /// <summary>Set once a script, a command or a line at the prompt has said <c>exit</c>, or was stopped at start-up.</summary>
    public int? ExitCode { get; set; }

    /// <returns>Whether the module is there; if not, the reason has been shown.</returns>
    public bool ImportModule(string manifest)
    {
        using var pipeline = runspace.CreatePipeline();
        var import = new Command("Import-Module");
        import.Parameters.Add("Name", manifest);
        import.Parameters.Add("ErrorAction", ActionPreference.Stop);
        pipeline.Commands.Add(import);
        var outcome = RunAndShow(pipeline);
        if (outcome == Outcome.Stopped)
            ExitCode = ExitCodes.Interrupted;
        return outcome == Outcome.Completed && ExitCode is null;
    }

    /// <param name="path">The script's full path.</param>
    /// <param name="arguments">As PowerShell source: see <see cref="ScriptArguments"/>.</param>
    /// <remarks>
    /// <c>exit N</c> ends a script file without telling the host: the engine notes N in $LASTEXITCODE and the call as failed.
    /// A native program sets $LASTEXITCODE too, but leaves the call of the script a success. A script that does not parse, or
    /// does not take the arguments, is a failed call as well, and only its error tells it from one that wrote errors of its own.
    /// </remarks>
    public int RunScript(string path, string arguments)
    {
        runspace.SessionStateProxy.SetVariable("global:LASTEXITCODE", null);
        return RunText($"& {ScriptArguments.Quote(path)} {arguments}") switch
        {
            Outcome.Stopped => ExitCodes.Interrupted,
            Outcome.Failed => ExitCode ?? ExitCodes.Failure,
            _ => ExitCode ?? (LastStatementFailed ? LastExitCode ?? (CouldNotStart ? ExitCodes.Failure : ExitCodes.Success) : ExitCodes.Success),
        };
    }

    public int RunCommand(string text) => RunText(text) switch
    {
        Outcome.Stopped => ExitCodes.Interrupted,
        Outcome.Failed => ExitCode ?? ExitCodes.Failure,
        _ => ExitCode ?? (LastStatementFailed ? ExitCodes.Failure : ExitCodes.Success),
    };

    /// <summary>Runs what was typed, shows what it gives, errors included.</summary>
    public Outcome RunText(string text)
    {
        // the engine's own error for this has neither text nor position
        _ = Parser.ParseInput(text, out _, out var errors);
        if (errors.Any(error => error.IncompleteInput))
        {
            ShowError(new ParseException(errors));
            return Outcome.Failed;
        }
        using var pipeline = runspace.CreatePipeline(text, addToHistory: true);
        AddOutput(pipeline);
        return RunAndShow(pipeline);
    }

    /// <summary>The prompt, from the user's prompt function.</summary>
    public string EvaluatePrompt()
    {
        using var pipeline = runspace.CreatePipeline("prompt");
        var (results, problem) = Invoke(pipeline);
        var prompt = problem is null ? string.Concat(results) : "";
        return prompt.Length > 0 ? prompt : "PS> ";
    }

    /// <returns>What may be typed at the cursor, from the engine's TabExpansion2; null if that failed.</returns>
    public CommandCompletion? Complete(string text, int cursor)
    {
        using var pipeline = runspace.CreatePipeline();
        var expansion = new Command("TabExpansion2");
        expansion.Parameters.Add("inputScript", text);
        expansion.Parameters.Add("cursorColumn", cursor);
        pipeline.Commands.Add(expansion);
        return Invoke(pipeline).Results.FirstOrDefault()?.BaseObject as CommandCompletion;
    }

    /// <summary>Whether the text is the beginning of something: an open brace, quote or pipe.</summary>
    public static bool IsIncomplete(string text)
    {
        _ = Parser.ParseInput(text, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }

    /// <summary>Ctrl+C: asks the running pipeline to stop. Safe on any thread; does not wait.</summary>
    /// <param name="keepAlive">Whether the process outlives a stop (the prompt) or ends with it (a script).</param>
    /// <returns>
    /// False where the process may be ended by the signal: there is nothing to stop, or the first request has not been heeded yet.
    /// </returns>
    public bool Interrupt(bool keepAlive)
    {
        lock (gate)
        {
            if (running is null || stopping)
                return keepAlive;
            stopping = true;
            running.StopAsync();
            return true;
        }
    }

    public void Dispose() => runspace.Dispose();

    bool LastStatementFailed => runspace.SessionStateProxy.GetVariable("?") is false;

    /// <summary>Whether the newest error is one of calling the script, not of running it.</summary>
    bool CouldNotStart =>
        runspace.SessionStateProxy.GetVariable("Error") is ArrayList { Count: > 0 } errors
        && (errors[0] as ErrorRecord)?.Exception is ParameterBindingException or ParseException or ScriptRequiresException or PSSecurityException;

    int? LastExitCode => runspace.SessionStateProxy.GetVariable("global:LASTEXITCODE") as int?;

    static void AddOutput(Pipeline pipeline)
    {
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add(new Command("Out-Default", isScript: false, useLocalScope: true)
        {
            MergeUnclaimedPreviousCommandResults = PipelineResultTypes.Error | PipelineResultTypes.Output,
        });
    }

    Outcome RunAndShow(Pipeline pipeline)
    {
        var (_, problem) = Invoke(pipeline);
        switch (problem)
        {
            case null:
                return Outcome.Completed;
            case PipelineStoppedException:
                return Outcome.Stopped;
            default:
                ShowError(problem);
                return Outcome.Failed;
        }
    }

    /// <summary>Shows a terminating error the way the engine shows any other, with the view the user has chosen.</summary>
    void ShowError(RuntimeException problem)
    {
        using var pipeline = runspace.CreatePipeline();
        pipeline.Commands.Add("Out-Default");
        pipeline.Input.Write(problem.ErrorRecord);
        // to Out-Default this is an object like any other: only errors merged from a command's stream go to the host's own,
        // and writing it anew to such a stream would lose its position
        using var redirection = Terminal.OutputAsErrors();
        if (Invoke(pipeline).Problem is { } second)
            Terminal.WriteErrorLine(string.Create(CultureInfo.CurrentCulture, $"{problem.Message} (the error could not be formatted: {second.Message})"));
    }

    (Collection<PSObject> Results, RuntimeException? Problem) Invoke(Pipeline pipeline)
    {
        lock (gate)
        {
            running = pipeline;
            stopping = false;
        }
        try
        {
            var results = pipeline.Invoke();
            // a pipeline whose loop was stopped ends without an exception
            return (results, pipeline.PipelineStateInfo.State == PipelineState.Stopped ? new PipelineStoppedException() : null);
        }
        catch (RuntimeException problem)
        {
            return ([], problem);
        }
        finally
        {
            lock (gate)
                running = null;
            Terminal.EraseProgress();
        }
    }
}
