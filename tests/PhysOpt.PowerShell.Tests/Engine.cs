using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PhysOpt.PowerShell.Tests;

/// <summary>The real PowerShell engine in this process: one runspace, as a user's session starts.</summary>
public sealed class Engine : IDisposable
{
    readonly Runspace _runspace;

    /// <summary>A PowerShell that runs the tests names its own modules there; the engine is to take those of its package.</summary>
    static Engine() => Environment.SetEnvironmentVariable("PSModulePath", null);

    public Engine()
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    public static string ManifestPath { get; } = RepositoryRoot.PathOf("PhysOpt.psd1");

    public Runspace Runspace => _runspace;

    /// <summary>Imports the module as a user does; what goes wrong is in the result's Errors.</summary>
    public EngineResult ImportModule() => Run("Import-Module -Name $ManifestPath -Force -ErrorAction Stop", ("ManifestPath", ManifestPath));

    /// <summary>Runs a script to its end. A terminating error is the last of Errors and is also Terminating; nothing is thrown.</summary>
    /// <remarks>The variables are set in the global scope first, and stay for later runs.</remarks>
    public EngineResult Run(string script, params (string Name, object? Value)[] variables)
    {
        foreach (var (name, value) in variables)
            _runspace.SessionStateProxy.SetVariable(name, value);

        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddScript(script);
        var output = new PSDataCollection<PSObject>();
        ErrorRecord? terminating = null;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            terminating = e.ErrorRecord;
        }

        var errors = shell.Streams.Error.ToList();
        if (terminating is not null)
            errors.Add(terminating);
        return new EngineResult(
            [.. output],
            errors,
            [.. shell.Streams.Warning.Select(r => r.Message)],
            [.. shell.Streams.Verbose.Select(r => r.Message)],
            terminating);
    }

    public void Dispose() => _runspace.Dispose();
}

/// <summary>
/// What one script left behind, stream by stream; Terminating is the error that ended it, if one did, and also the last of Errors.
/// </summary>
public sealed record EngineResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    ErrorRecord? Terminating);
