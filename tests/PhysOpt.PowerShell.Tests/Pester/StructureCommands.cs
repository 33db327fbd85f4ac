using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>What the commands that lay out a spec have in common: they mean something during discovery only.</summary>
public abstract class StructureCommand : PSCmdlet
{
    private protected SpecSession Session => field ??= SpecSession.Of(this);

    protected sealed override void EndProcessing()
    {
        if (Session.Discovering)
            Declare();
        else
            Refuse($"{MyInvocation.InvocationName} belongs into the body of the file, a Describe or a Context, not into what runs after discovery.");
    }

    protected abstract void Declare();

    private protected void Refuse(string message) =>
        ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(message), "SpecStructure", ErrorCategory.InvalidOperation, null));
}

/// <summary>Describe, Context and It: a name, a body, and what may be said about both.</summary>
public abstract class ItemCommand : StructureCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter(Position = 1)]
    [Alias("Fixture", "Test")]
    public ScriptBlock? Body { get; set; }

    [Parameter]
    [Alias("TestCases")]
    public object?[]? ForEach { get; set; }

    [Parameter]
    [Alias("Tags")]
    public string[] Tag { get; set; } = [];

    [Parameter]
    public SwitchParameter Skip { get; set; }

    protected sealed override void Declare()
    {
        if (Body is null)
            Refuse($"'{Name}' has no body: its opening brace belongs on the same line.");
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(ForEach)))
            Add(null);
        else if (ForEach is null or [])
            Refuse($"-ForEach of '{Name}' is empty.");
        else
            Array.ForEach(ForEach, Add);
    }

    protected abstract void Add(object? data);

    private protected string[] AllTags => [.. Session.Current.Tags, .. Tag];

    private protected string? SkipReason => Session.Current.SkipReason ?? (Skip ? "marked with -Skip" : null);

    /// <summary>The name as far as the data of this item and of the blocks around it can fill it in.</summary>
    private protected static string Expand(SpecItem item)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        for (var i = item; i is not null; i = i.Parent)
        {
            foreach (var (name, value) in i.DataVariables())
                data.TryAdd(name, value);
        }
        return NameTemplate.Expand(item.Name, data);
    }
}

[Cmdlet("Describe", "Spec")]
public sealed class DescribeCommand : ItemCommand
{
    protected override void Add(object? data)
    {
        var parent = Session.Current;
        var block = new SpecBlock(Name, parent, Body!, data) { Tags = AllTags, SkipReason = SkipReason };
        block.ExpandedName = Expand(block);
        parent.Children.Add(block);
        Session.Discover(block, () => InvokeCommand.InvokeScript(useLocalScope: true, Session.DiscoveryFrame!, null, block));
        if (Session.DiscoveryError is { } error)
            ThrowTerminatingError(new ErrorRecord(error, null));
    }
}

[Cmdlet("It", "Spec")]
public sealed class ItCommand : ItemCommand
{
    protected override void Add(object? data)
    {
        var parent = Session.Current;
        if (parent.IsRoot)
            Refuse($"It '{Name}' is in no Describe.");
        var test = new SpecTest(Name, parent, Body!, data) { Tags = AllTags, SkipReason = SkipReason };
        test.ExpandedName = Expand(test);
        parent.Children.Add(test);
    }
}

[Cmdlet("BeforeDiscovery", "Spec")]
public sealed class BeforeDiscoveryCommand : StructureCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock? ScriptBlock { get; set; }

    protected override void Declare() => InvokeCommand.InvokeScript(useLocalScope: false, ScriptBlock!, null);
}

/// <summary>BeforeAll, BeforeEach, AfterEach and AfterAll: at most one of each in a block.</summary>
public abstract class SetupCommand : StructureCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Scriptblock")]
    public ScriptBlock? Body { get; set; }

    protected sealed override void Declare()
    {
        var block = Session.Current;
        if (Existing(block) is not null)
            Refuse($"{MyInvocation.InvocationName} is in this block already.");
        Set(block, Body!);
    }

    protected abstract ScriptBlock? Existing(SpecBlock block);

    protected abstract void Set(SpecBlock block, ScriptBlock body);

    private protected void RefuseAtRoot(SpecBlock block)
    {
        if (block.IsRoot)
            Refuse($"{MyInvocation.InvocationName} belongs into a Describe or a Context.");
    }
}

[Cmdlet("BeforeAll", "Spec")]
public sealed class BeforeAllCommand : SetupCommand
{
    protected override ScriptBlock? Existing(SpecBlock block) => block.BeforeAll;

    protected override void Set(SpecBlock block, ScriptBlock body) => block.BeforeAll = body;
}

[Cmdlet("BeforeEach", "Spec")]
public sealed class BeforeEachCommand : SetupCommand
{
    protected override ScriptBlock? Existing(SpecBlock block) => block.BeforeEach;

    protected override void Set(SpecBlock block, ScriptBlock body)
    {
        RefuseAtRoot(block);
        block.BeforeEach = body;
    }
}

[Cmdlet("AfterEach", "Spec")]
public sealed class AfterEachCommand : SetupCommand
{
    protected override ScriptBlock? Existing(SpecBlock block) => block.AfterEach;

    protected override void Set(SpecBlock block, ScriptBlock body)
    {
        RefuseAtRoot(block);
        block.AfterEach = body;
    }
}

[Cmdlet("AfterAll", "Spec")]
public sealed class AfterAllCommand : SetupCommand
{
    protected override ScriptBlock? Existing(SpecBlock block) => block.AfterAll;

    protected override void Set(SpecBlock block, ScriptBlock body) => block.AfterAll = body;
}
