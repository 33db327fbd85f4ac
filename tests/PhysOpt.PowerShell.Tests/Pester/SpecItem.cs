using System.Collections;
using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>A Describe, Context or It, as discovery found it.</summary>
/// <remarks>Public, because the driver's script calls its members.</remarks>
public abstract class SpecItem(string name, SpecBlock? parent, object? data)
{
    /// <summary>As written, templates and all.</summary>
    public string Name { get; } = name;

    public SpecBlock? Parent { get; } = parent;

    /// <summary>The item of -ForEach; null without one.</summary>
    public object? Data { get; } = data;

    /// <summary>Its own tags and those of the blocks around it.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Why discovery leaves it out of the run; null when it is run.</summary>
    public string? SkipReason { get; set; }

    /// <summary>Evaluates the name in the scope of the run; null when it has no template.</summary>
    public ScriptBlock? Template { get; } = NameTemplate.Compile(name);

    /// <summary>The name with all its templates filled in; the one of discovery until the run gets there.</summary>
    public string ExpandedName { get; set; } = name;

    /// <summary>The data as named arguments, for bodies with a param block.</summary>
    public Hashtable Arguments { get; } = AsDictionary(data) is { } table ? new Hashtable(table, StringComparer.OrdinalIgnoreCase) : [];

    public string ExpandedPath => Parent is null or { IsRoot: true } ? ExpandedName : $"{Parent.ExpandedPath}.{ExpandedName}";

    public abstract bool HasWork { get; }

    /// <summary>What -ForEach makes visible: the item as $_, and the keys of a table as variables.</summary>
    public IEnumerable<(string Name, object? Value)> DataVariables()
    {
        if (Data is null)
            yield break;
        yield return ("_", Data);
        foreach (DictionaryEntry entry in AsDictionary(Data) ?? new Hashtable())
            yield return (entry.Key.ToString()!, entry.Value);
    }

    /// <summary>Defines the data's variables in the scope that calls it.</summary>
    public void DefineData(EngineIntrinsics engine)
    {
        foreach (var (name, value) in DataVariables())
            engine.SessionState.PSVariable.Set(name, value);
    }

    static IDictionary? AsDictionary(object? data) => (data is PSObject wrapped ? wrapped.BaseObject : data) as IDictionary;
}

/// <summary>A Describe or Context; the root stands for the file.</summary>
public sealed class SpecBlock(string name, SpecBlock? parent, ScriptBlock? body, object? data) : SpecItem(name, parent, data)
{
    public bool IsRoot => Parent is null;

    public ScriptBlock? Body { get; } = body;

    public List<SpecItem> Children { get; } = [];

    public ScriptBlock? BeforeAll { get; set; }

    public ScriptBlock? BeforeEach { get; set; }

    public ScriptBlock? AfterEach { get; set; }

    public ScriptBlock? AfterAll { get; set; }

    /// <summary>A block without a test to run does not run its BeforeAll either.</summary>
    public override bool HasWork => Children.Any(c => c.HasWork);

    public IEnumerable<SpecTest> Tests => Children.SelectMany(c => c is SpecBlock block ? block.Tests : [(SpecTest)c]);

    /// <summary>An error of BeforeAll or AfterAll is an error of every test within.</summary>
    public void Fail(string origin, ErrorRecord error)
    {
        foreach (var test in Tests.Where(t => t.HasWork))
            test.BlockErrors.Add($"{origin} failed: {SpecError.Describe(error)}");
    }
}

/// <summary>An It.</summary>
public sealed class SpecTest(string name, SpecBlock parent, ScriptBlock body, object? data) : SpecItem(name, parent, data)
{
    public ScriptBlock Body { get; } = body;

    /// <summary>What the row of this test is called: known before the run, and the same on every discovery.</summary>
    public string RowName { get; set; } = name;

    /// <summary>Errors of its own setups, body and teardowns.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Errors of BeforeAll and AfterAll of the blocks around it.</summary>
    public List<string> BlockErrors { get; } = [];

    /// <summary>The reason of Set-ItResult.</summary>
    public string? ItResult { get; private set; }

    public bool Finished { get; set; }

    public override bool HasWork => SkipReason is null;

    /// <summary>From the outermost block to the innermost.</summary>
    public IEnumerable<ScriptBlock> BeforeEach => Ancestors().Reverse().Select(b => b.BeforeEach).OfType<ScriptBlock>();

    /// <summary>From the innermost block to the outermost.</summary>
    public IEnumerable<ScriptBlock> AfterEach => Ancestors().Select(b => b.AfterEach).OfType<ScriptBlock>();

    public void Fail(ErrorRecord error)
    {
        if (error.FullyQualifiedErrorId.StartsWith(SetItResultCommand.ErrorIdPrefix, StringComparison.Ordinal))
            ItResult ??= error.Exception.Message;
        else
            Errors.Add(SpecError.Describe(error));
    }

    public SpecResult Result()
    {
        var (status, message) = this switch
        {
            { SkipReason: { } reason } => (SpecStatus.Skipped, reason),
            { BlockErrors.Count: > 0 } => (SpecStatus.Failed, string.Join('\n', [.. Errors, .. BlockErrors])),
            { ItResult: { } reason } => (SpecStatus.Skipped, reason),
            { Errors.Count: > 0 } => (SpecStatus.Failed, string.Join('\n', Errors)),
            { Finished: true } => (SpecStatus.Passed, ""),
            _ => (SpecStatus.Failed, "The run ended before this test did."),
        };
        return new SpecResult(RowName, ExpandedPath, status, message);
    }

    IEnumerable<SpecBlock> Ancestors()
    {
        for (var block = Parent; block is not null; block = block.Parent)
            yield return block;
    }
}

public enum SpecStatus
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>How a test ended: Row is its name from discovery, unique in the file; Path has all filled in that the run knew; Message says why.</summary>
public sealed record SpecResult(string Row, string Path, SpecStatus Status, string Message);
