using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>One spec file on its way through discovery and run. The commands find it in a constant variable of the runspace.</summary>
public sealed class SpecSession
{
    public const string VariableName = "____Pester";

    public SpecSession(string path)
    {
        Path = path;
        Root = new SpecBlock("", null, null, null);
        Current = Root;
    }

    public string Path { get; }

    public SpecBlock Root { get; }

    /// <summary>The block whose body is being discovered.</summary>
    public SpecBlock Current { get; private set; }

    public bool Discovering { get; private set; } = true;

    /// <summary>The first error of discovery; after one, nothing of the file is run.</summary>
    public ErrorRecord? DiscoveryError { get; private set; }

    /// <summary>The driver's own script blocks, set by its script.</summary>
    public ScriptBlock? DiscoveryFrame { get; set; }

    public ScriptBlock? BlockFrame { get; set; }

    public ScriptBlock? TestFrame { get; set; }

    /// <summary>The files of this run; null during discovery.</summary>
    public TestDrive? Drive { get; set; }

    public static SpecSession Of(PSCmdlet command) =>
        command.SessionState.PSVariable.GetValue(VariableName) as SpecSession
        ?? throw new InvalidOperationException("Specs run through SpecRunner only.");

    public void FailDiscovery(ErrorRecord error) => DiscoveryError ??= error;

    public ScriptBlock Frame(SpecItem item) => (item is SpecBlock ? BlockFrame : TestFrame)!;

    /// <summary>Makes the block current while its body is discovered.</summary>
    public void Discover(SpecBlock block, Action body)
    {
        var before = Current;
        Current = block;
        try
        {
            body();
        }
        finally
        {
            Current = before;
        }
    }

    /// <summary>Ends discovery: names the rows, each differently, and skips what this engine cannot run.</summary>
    public void CloseDiscovery(CommandInvocationIntrinsics commands)
    {
        Discovering = false;
        var seen = new Dictionary<string, int>();
        foreach (var test in Root.Tests)
        {
            test.RowName = test.ExpandedPath;
            var count = seen[test.RowName] = seen.GetValueOrDefault(test.RowName) + 1;
            if (count > 1)
                test.RowName += $" #{count}";
            test.SkipReason ??= FullPowerShell.ReasonToSkip(test, commands);
        }
    }
}
