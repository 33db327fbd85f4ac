# Get-Help as users call it.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
}

Describe 'Get-Help' {
    It 'has a synopsis, examples and a text for every parameter of <_>' -ForEach @(
        'Export-TrajectoryPlot', 'Invoke-Adam', 'Find-Minimum'
    ) {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        foreach ($parameter in $help.parameters.parameter) { $parameter.description[0].Text | Should -Not -BeNullOrEmpty }
    }

    It 'shows <Text> in all of a page' -ForEach @(
        @{ Text = 'Minimises a loss with Adam' }
        @{ Text = 'Invoke-Adam [-InputObject] <Object>' }
        @{ Text = '-Beta1 <double>' }
        @{ Text = '[<CommonParameters>]' }
        @{ Text = 'Kingma' }
        @{ Text = 'Example 2' }
    ) {
        $page = (Get-Help Invoke-Adam -Full | Out-String -Width 99) -replace '\s+', ' '
        $page.Contains($Text) | Should -BeTrue
    }

    It 'shows examples with what they print' {
        $page = Get-Help Invoke-Adam -Examples | Out-String -Width 99
        $page.Contains('Example 1') | Should -BeTrue
        $page.Contains('Method: Adam on ThreeSpaces, run 0') | Should -BeTrue
    }

    It 'shows a parameter with what PowerShell and the page know of it' {
        $page = Get-Help Invoke-Adam -Parameter LearningRate | Out-String -Width 99
        $page.Contains('-LearningRate <double>') | Should -BeTrue
        $page.Contains('eta, ') | Should -BeTrue
        $page | Should -Match 'Aliases +Eta'
        $page | Should -Match 'Default value +0\.001\b'
        $page | Should -Match 'Required\? +false'
    }
}
