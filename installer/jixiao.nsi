; Installer of 绩效核查工具箱 over the folder that PyInstaller built on Windows (dist\jixiao).
; makensis -NOCD -DPAYLOAD=dist/jixiao -DVERSION=0.2.0 -DOUT=dist/jixiao-0.2.0-setup.exe installer/jixiao.nsi
; Per user, without administrator; Windows 7 and 8 are told before anything is unpacked.
Unicode true
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
!include "MUI2.nsh"
!include "WinVer.nsh"
!include "x64.nsh"
!include "FileFunc.nsh"
!ifndef PAYLOAD
  !error "give the folder: -DPAYLOAD=dist/jixiao"
!endif
!ifndef VERSION
  !error "give the version: -DVERSION=0.2.0"
!endif
!ifndef OUT
  !define OUT "jixiao-${VERSION}-setup.exe"
!endif
!define NAME "绩效核查工具箱"
!define OPENS '"$INSTDIR\jixiao.exe" "%1"'
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\jixiao"
Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\jixiao"
InstallDirRegKey HKCU "Software\jixiao" "Folder"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME}安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "CompanyName" "jixiao-toolkit"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT License"
!define MUI_ICON "${__FILEDIR__}/jixiao.ico"
!define MUI_UNICON "${__FILEDIR__}/jixiao.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\jixiao.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开绩效核查工作台"
!insertmacro MUI_PAGE_LICENSE "${__FILEDIR__}/../LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Function .onInit
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    MessageBox MB_OK|MB_ICONINFORMATION "${NAME}需要 Windows 10（1809 及以后）或 Windows 11。$\r$\n这台电脑的系统版本较早，没有安装任何文件，也没有改动任何设置。$\r$\n可以换一台电脑安装；已有的评价文件夹可以直接复制过去使用。"
    Quit
  ${EndIf}
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONINFORMATION "${NAME}需要 64 位 Windows。没有安装任何文件。"
    Quit
  ${EndIf}
FunctionEnd

; A program that runs cannot be replaced or deleted: say so before anything is touched.
!macro PROGRAM_CLOSED un
Function ${un}ProgramClosed
  again:
  IfFileExists "$INSTDIR\jixiao.exe" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\jixiao.exe" a
  IfErrors 0 unlocked
  MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION "绩效核查工作台还开着。请先关闭它，再点“重试”；点“取消”则不作任何改动。" /SD IDCANCEL IDRETRY again
  Abort
  unlocked:
  FileClose $0
  closed:
FunctionEnd
!macroend
!insertmacro PROGRAM_CLOSED ""
!insertmacro PROGRAM_CLOSED "un."

Section "程序"
  Call ProgramClosed
  ; What an earlier version left would be mixed with the new files; evaluations never lie in this folder.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}/*.*"
  WriteUninstaller "$INSTDIR\卸载.exe"
  CreateDirectory "$SMPROGRAMS\${NAME}"
  CreateShortCut "$SMPROGRAMS\${NAME}\绩效核查工作台.lnk" "$INSTDIR\jixiao.exe"
  CreateShortCut "$SMPROGRAMS\${NAME}\许可证.lnk" "$INSTDIR\_internal\licences"
  CreateShortCut "$SMPROGRAMS\${NAME}\卸载.lnk" "$INSTDIR\卸载.exe"
  WriteRegStr HKCU "Software\jixiao" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\jixiao" "" "URL:绩效核查工作台"
  WriteRegStr HKCU "Software\Classes\jixiao" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\jixiao\DefaultIcon" "" "$INSTDIR\jixiao.exe,0"
  WriteRegStr HKCU "Software\Classes\jixiao\shell\open\command" "" '${OPENS}'
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\jixiao.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "jixiao-toolkit"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\卸载.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\卸载.exe" /S'
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  Call un.ProgramClosed
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\jixiao.exe"
  Delete "$INSTDIR\jixiaoc.exe"
  Delete "$INSTDIR\卸载.exe"
  RMDir "$INSTDIR" ; only when empty: what a person put there stays
  Delete "$SMPROGRAMS\${NAME}\*.lnk"
  RMDir "$SMPROGRAMS\${NAME}"
  ; links may by now open a copy that lies elsewhere (jixiao window --register): that stays
  ReadRegStr $0 HKCU "Software\Classes\jixiao\shell\open\command" ""
  ${If} $0 == '${OPENS}'
    DeleteRegKey HKCU "Software\Classes\jixiao"
  ${EndIf}
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\jixiao"
SectionEnd
