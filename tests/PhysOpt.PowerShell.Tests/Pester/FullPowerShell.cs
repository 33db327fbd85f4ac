using System.Management.Automation;
using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>What pwsh has and the engine's package has not: the modules Microsoft.PowerShell.Utility and .Management.</summary>
public static class FullPowerShell
{
    /// <summary>The tag of tests that need it.</summary>
    public const string Tag = "FullPowerShell";

    static readonly HashSet<string> Commands = new(StringComparer.OrdinalIgnoreCase)
    {
        // Microsoft.PowerShell.Utility
        "Add-Member", "Add-Type", "Clear-Variable", "Compare-Object", "ConvertFrom-CliXml", "ConvertFrom-Csv", "ConvertFrom-Json",
        "ConvertFrom-Markdown", "ConvertFrom-StringData", "ConvertTo-CliXml", "ConvertTo-Csv", "ConvertTo-Html", "ConvertTo-Json", "ConvertTo-Xml",
        "Export-Alias", "Export-Clixml", "Export-Csv", "Export-FormatData", "Export-PSSession", "Format-Custom", "Format-Hex", "Format-List",
        "Format-Table", "Format-Wide", "Get-Alias", "Get-Culture", "Get-Date", "Get-Error", "Get-Event", "Get-EventSubscriber", "Get-FileHash",
        "Get-FormatData", "Get-Host", "Get-Member", "Get-PSBreakpoint", "Get-PSCallStack", "Get-Random", "Get-Runspace", "Get-SecureRandom",
        "Get-TraceSource", "Get-TypeData", "Get-UICulture", "Get-Unique", "Get-Uptime", "Get-Variable", "Get-Verb", "Group-Object",
        "Import-Alias", "Import-Clixml", "Import-Csv", "Import-LocalizedData", "Import-PowerShellDataFile", "Import-PSSession",
        "Invoke-Expression", "Invoke-RestMethod", "Invoke-WebRequest", "Join-String", "Measure-Command", "Measure-Object", "New-Alias",
        "New-Event", "New-Guid", "New-Object", "New-TemporaryFile", "New-TimeSpan", "New-Variable", "Out-File", "Out-GridView", "Out-Printer",
        "Out-String", "Read-Host", "Register-EngineEvent", "Register-ObjectEvent", "Remove-Alias", "Remove-Event", "Remove-PSBreakpoint",
        "Remove-TypeData", "Remove-Variable", "Select-Object", "Select-String", "Select-Xml", "Set-Alias", "Set-Date", "Set-PSBreakpoint",
        "Set-TraceSource", "Set-Variable", "Show-Command", "Show-Markdown", "Sort-Object", "Start-Sleep", "Tee-Object", "Test-Json",
        "Trace-Command", "Unblock-File", "Unregister-Event", "Update-FormatData", "Update-List", "Update-TypeData", "Wait-Debugger",
        "Wait-Event", "Write-Debug", "Write-Error", "Write-Host", "Write-Information", "Write-Output", "Write-Progress", "Write-Verbose",
        "Write-Warning",
        // Microsoft.PowerShell.Management
        "Add-Content", "Clear-Content", "Clear-Item", "Clear-ItemProperty", "Convert-Path", "Copy-Item", "Copy-ItemProperty", "Debug-Process",
        "Get-ChildItem", "Get-Clipboard", "Get-ComputerInfo", "Get-Content", "Get-Item", "Get-ItemProperty", "Get-ItemPropertyValue",
        "Get-Location", "Get-Process", "Get-PSDrive", "Get-PSProvider", "Get-TimeZone", "Invoke-Item", "Join-Path", "Move-Item",
        "Move-ItemProperty", "New-Item", "New-ItemProperty", "New-PSDrive", "Pop-Location", "Push-Location", "Remove-Item",
        "Remove-ItemProperty", "Remove-PSDrive", "Rename-Item", "Rename-ItemProperty", "Resolve-Path", "Set-Clipboard", "Set-Content",
        "Set-Item", "Set-ItemProperty", "Set-Location", "Split-Path", "Start-Process", "Stop-Process", "Test-Connection", "Test-Path",
        "Wait-Process",
    };

    public static bool Provides(string command) => Commands.Contains(command);

    /// <summary>Null where the test has no such tag, or where this session is a full one.</summary>
    public static string? ReasonToSkip(SpecTest test, CommandInvocationIntrinsics commands)
    {
        if (!test.Tags.Contains(Tag, StringComparer.OrdinalIgnoreCase) || commands.GetCommand("Select-Object", CommandTypes.Cmdlet) is not null)
            return null;
        var missing = BodiesOf(test).SelectMany(CommandNames).Where(Provides).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToList();
        var needs = missing.Count > 0 ? string.Join(", ", missing) : "a full PowerShell";
        return $"needs {needs}: not part of the engine; runs in pwsh";
    }

    static IEnumerable<ScriptBlock> BodiesOf(SpecTest test)
    {
        yield return test.Body;
        for (var block = test.Parent; block is not null; block = block.Parent)
        {
            foreach (var body in new[] { block.BeforeAll, block.BeforeEach, block.AfterEach, block.AfterAll }.OfType<ScriptBlock>())
                yield return body;
        }
    }

    static IEnumerable<string> CommandNames(ScriptBlock body) =>
        body.Ast.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().Select(c => c.GetCommandName()).OfType<string>();
}
