using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>An engine with the module imported as a user does, and with stand-ins for Export-Csv and Select-Object -First, which it lacks.</summary>
public sealed class ModuleEngine : IDisposable
{
    readonly Engine engine = new(state =>
    {
        state.Commands.Add(new SessionStateCmdletEntry("ConvertTo-CsvCell", typeof(ConvertToCsvCellCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Select-First", typeof(SelectFirstCommand), null));
    });

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
        Assert.True(result.Errors.Count == 0, string.Join(Environment.NewLine, result.Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}")));
        return result.Output;
    }

    /// <summary>The output as text, each object by itself.</summary>
    public string[] Texts(string script) => [.. Output(script).Select(item => item?.ToString() ?? "")];

    /// <summary>The one object that a script writes.</summary>
    public T Single<T>(string script) => (T)Assert.Single(Output(script)).BaseObject;

    /// <summary>The one error of a script.</summary>
    public ErrorRecord Error(string script) => Assert.Single(Run(script).Errors);

    public void Dispose() => engine.Dispose();
}

/// <summary>What Export-Csv reads of its input: the properties of the first object, from every object, each by its value's ToString.</summary>
[Cmdlet(VerbsData.ConvertTo, "CsvCell")]
[OutputType(typeof(CsvCell))]
public sealed class ConvertToCsvCellCommand : PSCmdlet
{
    string[]? header;
    int row;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        string[] names = [.. InputObject!.Properties.Select(property => property.Name)];
        header ??= names;
        Assert.Equal(header, names);
        foreach (var name in header)
        {
            var property = InputObject.Properties[name];
            WriteObject(new CsvCell(row, name, property.TypeNameOfValue, property.Value?.ToString()));
        }

        row++;
    }
}

/// <summary>A cell of a CSV file that Export-Csv would write.</summary>
public sealed record CsvCell(int Row, string Column, string Type, string? Text);

/// <summary>Stops what is upstream after a number of objects, by the same exception as Select-Object -First.</summary>
[Cmdlet(VerbsCommon.Select, "First")]
public sealed class SelectFirstCommand : PSCmdlet
{
    int seen;

    [Parameter(Mandatory = true, Position = 0)]
    public int Count { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        if (++seen < Count) return;
        var stop = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        throw (Exception)Activator.CreateInstance(stop, [this])!;
    }
}
