using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>An engine with the module imported as a user does.</summary>
public sealed class ModuleEngine : IDisposable
{
    readonly Engine engine = new();

    public ModuleEngine()
    {
        var import = engine.ImportModule();
        Assert.Empty(import.Errors);
    }

    public Runspace Runspace => engine.Runspace;

    /// <summary>An array that a script may count in.</summary>
    public int[] Counter { get; } = new int[1];

    /// <summary>What <see cref="Counter"/> has come to.</summary>
    public int Calls
    {
        get => Volatile.Read(ref Counter[0]);
        set => Volatile.Write(ref Counter[0], value);
    }

    /// <inheritdoc cref="Engine.Run"/>
    public EngineResult Run(string script, params (string Name, object? Value)[] variables) => engine.Run(script, variables);

    /// <summary>The output of a script that must write no error.</summary>
    public IReadOnlyList<PSObject> Output(string script, params (string Name, object? Value)[] variables)
    {
        var result = Run(script, variables);
        Assert.True(result.Errors.Count == 0,
            string.Join(Environment.NewLine, result.Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}")));
        return result.Output;
    }

    /// <summary>The output as text, each object by itself.</summary>
    public string[] Texts(string script) => [.. Output(script).Select(item => item?.ToString() ?? "")];

    /// <summary>The one object that a script writes.</summary>
    public T Single<T>(string script) => (T)Assert.Single(Output(script)).BaseObject;

    /// <summary>The one error of a script.</summary>
    public ErrorRecord Error(string script) => Assert.Single(Run(script).Errors);

    /// <summary>Does something as on the engine's own thread: blocks are called in its runspace.</summary>
    public void OnItsThread(Action work)
    {
        var before = Runspace.DefaultRunspace;
        Runspace.DefaultRunspace = Runspace;
        try
        {
            work();
        }
        finally
        {
            Runspace.DefaultRunspace = before;
        }
    }

    /// <summary>Does something on the engine's own thread with a block, as a script makes it.</summary>
    internal void WithBlock(string text, Action<Tracing.RecordedBlock> work) =>
        OnItsThread(() => work(new((ScriptBlock)Output(text)[0].BaseObject)));

    public void Dispose() => engine.Dispose();
}
