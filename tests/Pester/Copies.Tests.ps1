# Two copies of the module in one session: a second folder, another build.

BeforeAll {
    $original = Resolve-Path "$PSScriptRoot/../.."
    Import-Module "$original/PhysOpt.psd1" -Force

    function Copy-Module([string]$To) {
        New-Item -ItemType Directory -Force $To | Out-Null
        Copy-Item "$original/PhysOpt.psd1" $To
        Copy-Item "$original/bin" $To -Recurse
        (Resolve-Path $To).Path
    }

    # a build of its own: other module version ids, and a loader of another version unless it is the same
    function Edit-Build([string]$Module, [switch]$SameVersion) {
        Remove-Item "$Module/bin/native" -Recurse -ErrorAction Ignore
        $latin = [Text.Encoding]::Latin1
        $loader = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like 'PhysOpt.Loader.*' } |
            Select-Object -First 1
        $oneCopy = $loader.GetType('PhysOpt.PowerShell.Loading.OneCopy')
        foreach ($type in [PhysOpt.Vector], (Get-Command Find-Minimum).ImplementingType, $oneCopy) {
            $assembly = $type.Assembly
            if ($SameVersion -and $assembly.GetName().Name -like 'PhysOpt.Loader*') { continue }
            $file = "$Module/bin/$($assembly.GetName().Name -replace '^(PhysOpt\.Loader).*', '$1').dll"
            $text = $latin.GetString([IO.File]::ReadAllBytes($file))
            $id = $latin.GetString($assembly.ManifestModule.ModuleVersionId.ToByteArray())
            $text = $text.Replace($id, $latin.GetString([guid]::NewGuid().ToByteArray()), [StringComparison]::Ordinal)
            if ($file -like '*Loader*') { $text = $text -creplace 'PhysOpt\.Loader\.\d', 'PhysOpt.Loader.9' }
            [IO.File]::WriteAllBytes($file, $latin.GetBytes($text))
        }
    }

    # in a session of its own
    function Invoke-Session([string]$Script) {
        $shell = [powershell]::Create()
        try {
            $shell.AddScript($Script).Invoke()
            $shell.Streams.Error | ForEach-Object { "error: $_" }
        }
        finally { $shell.Dispose() }
    }

    $copy = Copy-Module "$TestDrive/copy"
    $other = Copy-Module "$TestDrive/other"
    Edit-Build $other
    $rebuilt = Copy-Module "$TestDrive/rebuilt"
    Edit-Build $rebuilt -SameVersion
    $state = '(Get-Module PhysOpt).ModuleBase; (Find-Minimum Rosenbrock).X0; (Get-TypeData PhysOpt.IterationRecord).TypeAdapter.Name'
}

Describe 'A second copy of the same build' {
    It 'takes the place of the first<Name>' -ForEach @(
        @{ Name = ''; Between = ''; Force = '' }
        @{ Name = ' with -Force'; Between = ''; Force = '-Force' }
        @{ Name = ', removed before'; Between = 'Remove-Module PhysOpt'; Force = '' }
    ) {
        Invoke-Session "Import-Module '$original/PhysOpt.psd1'; $Between; Import-Module '$copy/PhysOpt.psd1' $Force; $state" |
            Should -Be $copy, 1, 'ComponentAdapter'
    }

    It 'gives it back' {
        Invoke-Session "foreach (`$each in '$original', '$copy', '$original') { Import-Module `"`$each/PhysOpt.psd1`" }; $state" |
            Should -Be "$original", 1, 'ComponentAdapter'
    }

    It 'leaves nothing behind' {
        $left = '@(Get-Module PhysOpt* -All).Count; @(Get-TypeData PhysOpt*).Count'
        Invoke-Session "Import-Module '$original/PhysOpt.psd1'; Import-Module '$copy/PhysOpt.psd1'; Remove-Module PhysOpt; $left" |
            Should -Be 0, 0
    }
}

Describe 'A copy of another build' {
    It 'is an error that names both, and the first stays<Name>' -ForEach @(
        @{ Name = ''; Force = '' }
        @{ Name = ', with -Force too'; Force = '-Force' }
    ) {
        $lines = @(Invoke-Session "Import-Module '$original/PhysOpt.psd1'; Import-Module '$other/PhysOpt.psd1' $Force; $state")
        $lines[0..2] | Should -Be "$original", 1, 'ComponentAdapter'
        $lines[3] | Should -BeLike ("error: PhysOpt * in $other cannot be imported: " +
            "this session has loaded PhysOpt * from $original, *Start a new session*")
        $lines.Count | Should -Be 4
    }

    It 'is the same error where the first has been removed' {
        Invoke-Session "Import-Module '$original/PhysOpt.psd1'; Remove-Module PhysOpt; Import-Module '$other/PhysOpt.psd1'" |
            Should -BeLike 'error: PhysOpt * cannot be imported*new session*'
    }

    It 'and of the same version is an error in our words, and the first goes on<Name>' -ForEach @{ Name = ''; Force = '' }, @{ Name = ', with -Force too'; Force = '-Force' } {
        $lines = @(Invoke-Session "Import-Module '$original/PhysOpt.psd1'; Import-Module '$rebuilt/PhysOpt.psd1' $Force; $state")
        $lines[0..2] | Should -Be "$original", 1, 'ComponentAdapter'
        $lines[3] | Should -BeLike "error: PhysOpt * in $rebuilt cannot be imported: this session has loaded PhysOpt * from $original, which is another build, *Start a new session*"
        $lines.Count | Should -Be 4
    }

    It 'and of the same version is the same error where the first has been removed' {
        Invoke-Session "Import-Module '$original/PhysOpt.psd1'; Remove-Module PhysOpt; Import-Module '$rebuilt/PhysOpt.psd1'" | Should -BeLike 'error: PhysOpt * cannot be imported*another build*new session*'
    }

    It 'leaves room for a copy of the build that is loaded' {
        $lines = @(Invoke-Session "Import-Module '$original/PhysOpt.psd1'; Import-Module '$rebuilt/PhysOpt.psd1' -ErrorAction Ignore; Import-Module '$copy/PhysOpt.psd1'; $state")
        $lines[0..2] | Should -Be $copy, 1, 'ComponentAdapter'
    }
}
