using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>Runs spec files as Pester does: first all bodies of blocks, to find the tests; then, file by file, setups, tests and teardowns.</summary>
public static class SpecRunner
{
    /// <summary>The row that stands for the whole file where discovery failed.</summary>
    public const string DiscoveryRow = "discovery";

    // The frames are the scopes of a run. Each block has one, with its BeforeAll dot-sourced into it, and the frames of its
    // children are called from there; each test has one, into which its BeforeEach, body and AfterEach are dot-sourced.
    // do { } while ($false) keeps a break or continue in a body from leaving the frame's own loop.
    const string Driver = """
        $____Pester.DiscoveryFrame = {
            param($____block)
            try {
                $____block.DefineData($ExecutionContext)
                do { $null = . $____block.Body } while ($false)
            }
            catch { $____Pester.FailDiscovery($_) }
        }

        $____Pester.BlockFrame = {
            param($____block)
            $____arguments = $____block.Arguments
            $____origin = 'BeforeAll'
            $____Pester.Drive.EnterBlock()
            try {
                $____block.DefineData($ExecutionContext)
                if ($null -ne $____block.BeforeAll) { do { $null = . $____block.BeforeAll @____arguments } while ($false) }
                $____origin = 'The name of the block'
                if ($null -ne $____block.Template) { $____block.ExpandedName = & $____block.Template }
                foreach ($____child in $____block.Children) {
                    if ($____child.HasWork) { & $____Pester.Frame($____child) $____child }
                }
            }
            catch { $____block.Fail($____origin, $_) }
            finally {
                if ($null -ne $____block.AfterAll) {
                    try { do { $null = . $____block.AfterAll @____arguments } while ($false) }
                    catch { $____block.Fail('AfterAll', $_) }
                }
                $____Pester.Drive.LeaveBlock()
            }
        }

        $____Pester.TestFrame = {
            param($____test)
            $____arguments = $____test.Arguments
            try {
                $____test.DefineData($ExecutionContext)
                foreach ($____setup in $____test.BeforeEach) { do { $null = . $____setup @____arguments } while ($false) }
                if ($null -ne $____test.Template) { $____test.ExpandedName = & $____test.Template }
                do { $null = . $____test.Body @____arguments } while ($false)
            }
            catch { $____test.Fail($_) }
            finally {
                foreach ($____teardown in $____test.AfterEach) {
                    try { do { $null = . $____teardown @____arguments } while ($false) }
                    catch { $____test.Fail($_) }
                }
            }
            $____test.Finished = $true
        }

        try { do { $null = & $____Pester.Path } while ($false) } catch { $____Pester.FailDiscovery($_) }
        $____Pester.CloseDiscovery($ExecutionContext.InvokeCommand)
        """;

    const string Run = "& $____Pester.BlockFrame $____Pester.Root";

    static readonly (string Name, Type Command)[] Commands =
    [
        ("Describe", typeof(DescribeCommand)),
        ("Context", typeof(DescribeCommand)),
        ("It", typeof(ItCommand)),
        ("BeforeDiscovery", typeof(BeforeDiscoveryCommand)),
        ("BeforeAll", typeof(BeforeAllCommand)),
        ("BeforeEach", typeof(BeforeEachCommand)),
        ("AfterEach", typeof(AfterEachCommand)),
        ("AfterAll", typeof(AfterAllCommand)),
        ("Should", typeof(ShouldCommand)),
        ("Set-ItResult", typeof(SetItResultCommand)),
    ];

    /// <summary>The names of a file's rows: one per test, or the one of a failed discovery.</summary>
    public static IReadOnlyList<string> Discover(string path)
    {
        using var engine = Open(path, out var session, out var failure);
        return failure is not null ? [failure.Row] : [.. session.Root.Tests.Select(t => t.RowName)];
    }

    /// <summary>Discovers and runs a file in a runspace of its own.</summary>
    public static IReadOnlyList<SpecResult> RunFile(string path)
    {
        using var engine = Open(path, out var session, out var failure);
        if (failure is not null)
            return [failure];
        if (session.Root.HasWork)
        {
            using var drive = new TestDrive(engine.Runspace.SessionStateProxy);
            session.Drive = drive;
            if (engine.Run(Run).Terminating is { } error)
                session.Root.Fail("The run", error);
        }
        return [.. session.Root.Tests.Select(t => t.Result())];
    }

    static Engine Open(string path, out SpecSession session, out SpecResult? failure)
    {
        var spec = session = new SpecSession(path);
        var engine = new Engine(state =>
        {
            foreach (var (name, command) in Commands)
            {
                // the engine finds a cmdlet by verb and noun only
                var cmdlet = name.Contains('-', StringComparison.Ordinal) ? name : $"{name}-Spec";
                state.Commands.Add(new SessionStateCmdletEntry(cmdlet, command, null));
                if (cmdlet != name)
                    state.Commands.Add(new SessionStateAliasEntry(name, cmdlet));
            }
            state.Variables.Add(new SessionStateVariableEntry(SpecSession.VariableName, spec, "the spec being run", ScopedItemOptions.Constant));
        });
        var discovery = engine.Run(Driver);
        failure = (spec.DiscoveryError ?? discovery.Terminating) is { } error ? Failed(SpecError.Describe(error))
            : spec.Discovering ? Failed("The file ended the session during discovery.")
            : spec.Root.Tests.Any() ? null
            : Failed("There is no test in the file.");
        return engine;

        static SpecResult Failed(string message) => new(DiscoveryRow, DiscoveryRow, SpecStatus.Failed, message);
    }
}
